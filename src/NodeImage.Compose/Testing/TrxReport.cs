using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace NodeImage.Compose.Testing;

/// <summary>Writes results of tests as Visual Studio and CI systems read them: TRX, schema <c>vstst.xsd</c> (TeamTest 2010).</summary>
public static class TrxReport
{
    private static readonly XNamespace Name = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // The kind of test and the list of results that all test runners give.
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string ResultsList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";

    /// <summary>Writes a report.</summary>
    /// <param name="image">The image's name.</param>
    /// <param name="digest">The image's digest.</param>
    /// <param name="started">When the tests were begun.</param>
    /// <param name="results">How they ended.</param>
    /// <returns>The report.</returns>
    public static XDocument Write(string image, string digest, DateTimeOffset started, IReadOnlyList<ImageTestResult> results)
    {
        var tests = results.Select(result => (Result: result, Test: Id(image, "test", result.Name), Execution: Id(image, "execution", result.Name))).ToList();
        var finished = started + results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration);
        return new XDocument(new XElement(
            Name + "TestRun",
            new XAttribute("id", Id(image, digest, started.ToString("O", CultureInfo.InvariantCulture))),
            new XAttribute("name", $"{image} {digest}"),
            new XElement(Name + "Times", new XAttribute("creation", Text(started)), new XAttribute("start", Text(started)), new XAttribute("finish", Text(finished))),
            new XElement(Name + "Results", tests.Select(test => Result(test.Result, test.Test, test.Execution))),
            new XElement(Name + "TestDefinitions", tests.Select(test => new XElement(
                Name + "UnitTest",
                new XAttribute("name", test.Result.Name),
                new XAttribute("storage", image),
                new XAttribute("id", test.Test),
                new XElement(Name + "Execution", new XAttribute("id", test.Execution)),
                new XElement(Name + "TestMethod", new XAttribute("codeBase", image), new XAttribute("className", image), new XAttribute("name", test.Result.Name))))),
            new XElement(Name + "TestEntries", tests.Select(test => new XElement(
                Name + "TestEntry", new XAttribute("testId", test.Test), new XAttribute("executionId", test.Execution), new XAttribute("testListId", ResultsList)))),
            new XElement(Name + "TestLists", new XElement(Name + "TestList", new XAttribute("name", "Results Not in a List"), new XAttribute("id", ResultsList))),
            Summary(results)));
    }

    private static XElement Result(ImageTestResult result, Guid test, Guid execution) => new(
        Name + "UnitTestResult",
        new XAttribute("executionId", execution),
        new XAttribute("testId", test),
        new XAttribute("testName", result.Name),
        new XAttribute("duration", result.Duration.ToString("c", CultureInfo.InvariantCulture)),
        new XAttribute("testType", UnitTestType),
        new XAttribute("outcome", result.Passed ? "Passed" : "Failed"),
        new XAttribute("testListId", ResultsList),
        new XElement(
            Name + "Output",
            result.Output.Length == 0 ? null : new XElement(Name + "StdOut", Printable(result.Output)),
            result.Failure is null ? null : new XElement(Name + "ErrorInfo", new XElement(Name + "Message", Printable(result.Failure.ToString())))));

    private static XElement Summary(IReadOnlyList<ImageTestResult> results)
    {
        var failed = results.Count(result => !result.Passed);
        return new XElement(
            Name + "ResultSummary",
            new XAttribute("outcome", failed == 0 ? "Completed" : "Failed"),
            new XElement(
                Name + "Counters",
                new XAttribute("total", results.Count),
                new XAttribute("executed", results.Count),
                new XAttribute("passed", results.Count - failed),
                new XAttribute("failed", failed)));
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    // What programs print may hold what XML cannot.
    private static string Printable(string text) => string.Concat(text.Select(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '?'));

    private static Guid Id(params string[] parts) => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}

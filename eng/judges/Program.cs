using System.Globalization;
using NodeImage.Judges;

// One file a judge; adding one means adding it here.
Judge[] judges =
[
    new NodeImage.Judges.Rpm.PackageJudge(),
    new NodeImage.Judges.Rpm.SignatureJudge(),
    new NodeImage.Judges.Rpm.PayloadJudge(),
    new NodeImage.Judges.Rpm.RepositoryJudge(),
    new NodeImage.Judges.Rpm.DatabaseJudge(),
    new NodeImage.Judges.Solver.SolverJudge(installsOnly: true),
    new NodeImage.Judges.Solver.SolverJudge(installsOnly: false),
    new NodeImage.Judges.Solver.RandomRequestJudge(),
];

if (args is ["fuzz-solver", .. var fuzz]) { return NodeImage.Judges.Solver.SolverFuzz.Run(fuzz); }

if (args is ["fuzz-compare", var file]) { return NodeImage.Judges.Solver.SolverFuzz.CompareFile(file); }

if (args is not [var data, var report, .. var names] || !Directory.Exists(data))
{
    Console.Error.WriteLine("usage: judges DATA-FOLDER REPORT-FILE [JUDGE...]");
    return 2;
}

var scratch = Directory.CreateTempSubdirectory("nodeimage-judges-");
var failures = new List<string>();
try
{
    foreach (var judge in judges.Where(judge => names.Length == 0 || names.Contains(judge.Name)))
    {
        var verdict = new Verdict();
        judge.Run(new JudgeContext(Path.GetFullPath(data), scratch.FullName), verdict);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"judge {judge.Name}: {verdict.Passed} passed, {verdict.Failures.Count} failed, {verdict.NotApplicable} not applicable"));
        failures.AddRange(verdict.Failures.Select(failure => $"{judge.Name}: {failure}"));
    }
}
finally
{
    scratch.Delete(recursive: true);
}

File.WriteAllLines(report, failures);
return 0;

using System.Reflection;
using System.Text.RegularExpressions;
using NodeImage.Compose.Lints;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Tests;

/// <summary>Every code is given out once, and has a page that explains it.</summary>
public sealed partial class DiagnosticPagesTests
{
    // The tasks are no reference of these tests, so their descriptors are read from the source like every other one's.
    [Fact]
    public void Every_code_is_given_out_once()
    {
        var codes = Declared().Select(declared => declared.Code).ToList();
        Assert.True(codes.Count > 100, "the descriptors were not found");
        Assert.Empty(codes.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_code_has_a_page_of_its_title_and_every_page_a_code()
    {
        var titles = Declared().ToDictionary(declared => declared.Code, declared => declared.Title, StringComparer.Ordinal);
        var pages = Directory.GetFiles(Path.Combine(RepositoryFolder.Root, "docs", "diagnostics"), "NI*.md")
            .ToDictionary(page => Path.GetFileNameWithoutExtension(page), page => File.ReadLines(page).First(), StringComparer.Ordinal);
        Assert.Empty(titles.Keys.Except(pages.Keys));
        Assert.Empty(titles.Where(declared => pages[declared.Key] != $"# {declared.Key}: {declared.Value}").Select(declared => declared.Key));

        // What targets themselves say has no descriptor.
        var inTargets = Directory.GetFiles(Path.Combine(RepositoryFolder.Root, "sdk", "targets"))
            .SelectMany(file => TargetCode().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));
        Assert.Empty(pages.Keys.Except(titles.Keys).Except(inTargets));
    }

    [Fact]
    public void Every_page_stands_in_the_list_with_its_title_and_severity()
    {
        var list = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "diagnostics", "README.md"));
        Assert.Empty(Declared()
            .Where(declared => !list.Contains($"| [{declared.Code}]({declared.Code}.md) | {declared.Title} | ", StringComparison.Ordinal))
            .Select(declared => declared.Code));
    }

    [Fact]
    public void The_source_is_read_as_it_is_compiled()
    {
        var compiled = new[] { typeof(LintDiagnostics).Assembly, typeof(Rpm.Packages.RpmPackageInfo).Assembly, typeof(Oci.Layouts.OciLayout).Assembly, typeof(DiagnosticDescriptor).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .Select(descriptor => (descriptor.Code, descriptor.Title))
            .ToList();
        Assert.NotEmpty(compiled);
        Assert.Empty(compiled.Except(Declared()));
    }

    private static IEnumerable<(string Code, string Title)> Declared() => Directory
        .GetFiles(Path.Combine(RepositoryFolder.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
        .Order(StringComparer.Ordinal)
        .SelectMany(file => Descriptor().Matches(File.ReadAllText(file)).Select(match => (match.Groups[1].Value, match.Groups[2].Value)));

    [GeneratedRegex("\\(\\s*\"(NI[0-9]{4})\",\\s*\"([^\"]+)\"")]
    private static partial Regex Descriptor();

    [GeneratedRegex("Code=\"(NI[0-9]{4})\"")]
    private static partial Regex TargetCode();
}

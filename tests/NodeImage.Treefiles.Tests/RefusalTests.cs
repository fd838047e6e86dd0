using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Tests.Support;

namespace NodeImage.Treefiles.Tests;

/// <summary>Proves that what is wrong with a treefile is told with a code, at file, line and column.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("postproces: []", "NI1203", 1, 1)]
    [InlineData("ref: 40", "NI1204", 1, 6)]
    [InlineData("releasever: true", "NI1204", 1, 13)]
    [InlineData("recommends: yes", "NI1204", 1, 13)]
    [InlineData("packages: bash", "NI1204", 1, 11)]
    [InlineData("packages: [\"'bash\"]", "NI1205", 1, 12)]
    [InlineData("packages-x86_64: [12]", "NI1204", 1, 19)]
    [InlineData("packages-hal9000: [a]", "NI1203", 1, 1)]
    [InlineData("ref: a\nref: b", "NI1206", 2, 1)]
    [InlineData("gpg-key: a\ngpg_key: b", "NI1218", 2, 1)]
    [InlineData("install_langs: [de]", "NI1203", 1, 1)]
    [InlineData("boot-location: both", "NI1205", 1, 16)]
    [InlineData("rpmdb: mysql", "NI1205", 1, 8)]
    [InlineData("include: missing.yaml", "NI1207", 1, 10)]
    [InlineData("include: old.ks", "NI1216", 1, 10)]
    [InlineData("basearch: s390x", "NI1220", 1, 11)]
    [InlineData("variables: {basearch: a}", "NI1217", 1, 13)]
    [InlineData("variables: {a: [1]}", "NI1204", 1, 16)]
    [InlineData("variables: {a: \"$b\"}\nref: x", "NI1205", 1, 16)]
    [InlineData("repovars: {releasever: \"1\"}", "NI1217", 1, 12)]
    [InlineData("conditional-include: [{if: a = 1, include: b}]", "NI1211", 1, 28)]
    [InlineData("conditional-include: [{if: nothing == 1, include: b}]", "NI1212", 1, 28)]
    [InlineData("conditional-include: [{if: basearch == 1, include: b}]", "NI1213", 1, 28)]
    [InlineData("conditional-include: [{if: basearch < \"a\", include: b}]", "NI1213", 1, 28)]
    [InlineData("conditional-include: [{if: [basearch == \"none\", basearch == 1], include: b}]", "NI1213", 1, 49)]
    [InlineData("conditional-include: [{include: b}]", "NI1205", 1, 23)]
    [InlineData("conditional-include: [{if: basearch == \"none\", include: {packages-x86_64: [a]}}]", "NI1214", 1, 58)]
    [InlineData("conditional-include: [{if: basearch == \"none\", include: {variables: {a: 1}}}]", "NI1214", 1, 58)]
    [InlineData("conditional-include: [{if: basearch == \"none\", include: {package: [a]}}]", "NI1203", 1, 58)]
    [InlineData("override-remove: [a]", "NI1215", 1, 18)]
    [InlineData("add-files: [[a, /var/b]]", "NI1205", 1, 17)]
    [InlineData("add-files: [[a, /usr/local/b]]", "NI1205", 1, 17)]
    [InlineData("add-files: [[a, /usr/../var/b]]", "NI1205", 1, 17)]
    [InlineData("add-files: [a]", "NI1204", 1, 13)]
    [InlineData("remove-files: [/usr/share/doc]", "NI1205", 1, 16)]
    [InlineData("remove-files: [usr/../etc]", "NI1205", 1, 16)]
    [InlineData("automatic-version-suffix: ab", "NI1205", 1, 27)]
    [InlineData("selinux-label-version: 2", "NI1205", 1, 24)]
    [InlineData("check-passwd: {type: file}", "NI1205", 1, 15)]
    [InlineData("check-passwd: {type: none, filename: x}", "NI1203", 1, 28)]
    [InlineData("check-passwd: {type: data, entries: {a: [1, 2, 3]}}", "NI1204", 1, 41)]
    [InlineData("- a", "NI1204", 1, 1)]
    [InlineData("ref: [", "NI1201", 2, 1)]
    [InlineData("ref: a\n---\nref: b", "NI1201", 2, 1)]
    [InlineData("ref: *nothing", "NI1201", 1, 6)]
    [InlineData("ref: !!python/object x", "NI1201", 1, 6)]
    [InlineData("<<: {ref: a}", "NI1203", 1, 1)]
    public void What_is_wrong_is_told_where_it_stands(string text, string code, int line, int column)
    {
        var e = Assert.Throws<DiagnosticException>(() => MemorySource.Read(text));

        Assert.Equal((code, $"/t/t.yaml({line},{column})"), (e.Diagnostic.Code, e.Diagnostic.Place?.ToString()));
    }

    public static TheoryData<string> FieldNames => [.. TreefileFields.All.Select(one => one.Name), .. TreefileFields.All.Select(one => one.LegacyName).OfType<string>(), "packages-x86_64", "packages-s390x"];

    [Theory]
    [MemberData(nameof(FieldNames))]
    public void A_field_with_one_letter_wrong_is_refused_with_the_near_name(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            foreach (var spoilt in new[] { name.Remove(i, 1), name[..i] + (name[i] == 'q' ? 'w' : 'q') + name[(i + 1)..], name.Insert(i, "z") })
            {
                if (TreefileFields.Find(spoilt) is not null || spoilt is "packages-s390")
                {
                    continue;
                }

                foreach (var file in new[] { ("t.yaml", $"{spoilt}: x\n"), ("t.json", $"{{\"{spoilt}\": 1}}") })
                {
                    var e = Assert.Throws<DiagnosticException>(() => MemorySource.Read("x86_64", "", file));
                    Assert.Equal("NI1203", e.Diagnostic.Code);
                    Assert.Contains("Did you mean '", e.Diagnostic.Message, StringComparison.Ordinal);
                    if (name.Length > 3)
                    {
                        Assert.Contains(name[..2].Replace('_', '-'), e.Diagnostic.Message.Split("Did you mean")[1].Replace('_', '-') + (i < 2 ? name[..2].Replace('_', '-') : ""), StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Fact]
    public void All_unknown_fields_are_told_at_once()
    {
        var e = Assert.Throws<DiagnosticException>(() => MemorySource.Read("reff: a\npackages: []\nunitz: []\n"));

        Assert.Equal(["'reff' is no field of a treefile. Did you mean 'ref'? rpm-ostree would refuse it too.", "'unitz' is no field of a treefile. Did you mean 'units'? rpm-ostree would refuse it too."], e.Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void Comments_of_json_files_are_passed_over()
    {
        var treefile = MemorySource.Read("x86_64", "", ("t.json", """{"comment-why": "because", "ref": "a/${basearch}", "packages": ["b", "a"], "packages-x86_64": ["c"], "packages-s390x": ["z"]}"""));

        Assert.Equal(("a/x86_64", "a b c"), (treefile.Text("ref"), string.Join(' ', treefile.Packages)));
    }

    [Fact]
    public void A_document_that_unfolds_without_end_is_refused_before_it_does()
    {
        var bomb = "metadata:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"  a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Equal("NI1202", Assert.Throws<DiagnosticException>(() => MemorySource.Read(bomb)).Diagnostic.Code);
    }

    [Fact]
    public void A_document_that_is_too_deep_or_too_long_is_refused()
    {
        Assert.Equal("NI1202", Assert.Throws<DiagnosticException>(() => MemorySource.Read($"metadata: {{a: {new string('[', 100)}{new string(']', 100)}}}\n")).Diagnostic.Code);
        Assert.Equal("NI1202", Assert.Throws<DiagnosticException>(() => MemorySource.Read("# " + new string('x', 5 << 20))).Diagnostic.Code);
    }
}

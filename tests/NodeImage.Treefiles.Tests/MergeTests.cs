using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Reading;
using NodeImage.Treefiles.Tests.Support;

namespace NodeImage.Treefiles.Tests;

/// <summary>Proves that treefiles are merged as rpm-ostree merges them.</summary>
public sealed class MergeTests
{
    [Fact]
    public void The_including_treefile_wins_and_among_includes_the_first()
    {
        var treefile = MemorySource.Read("x86_64", "", ("t.yaml", "include: [a.yaml, b.yaml]\nref: own\n"), ("a.yaml", "ref: a\ndefault-target: a.target\n"), ("b.yaml", "default-target: b.target\nrecommends: true\n"));

        Assert.Equal("own", treefile.Text("ref"));
        Assert.Equal("a.target", treefile.Text("default-target"));
        Assert.True(treefile.Flag("recommends"));
    }

    [Fact]
    public void Lists_begin_with_the_last_include_and_end_with_the_treefile_itself()
    {
        var treefile = MemorySource.Read(
            "x86_64",
            "v=1",
            ("t.yaml", """
                include: [a.yaml, b.yaml]
                arch-include: {x86_64: c.yaml, s390x: z.yaml}
                conditional-include:
                  - {if: v == 1, include: d.yaml}
                  - {if: [v == 1, v < 2], include: {postprocess: [inline-1]}}
                  - {if: v != 1, include: z.yaml}
                  - {if: v >= 1, include: {postprocess: [inline-2]}}
                postprocess: [own]
                """),
            ("a.yaml", "postprocess: [a]\n"),
            ("b.yaml", "include: e.yaml\npostprocess: [b]\n"),
            ("c.yaml", "postprocess: [c]\n"),
            ("d.yaml", "postprocess: [d]\n"),
            ("e.yaml", "postprocess: [e]\n"));

        Assert.Equal(["d", "c", "e", "b", "a", "inline-2", "inline-1", "own"], treefile.Texts("postprocess"));
        Assert.Equal(["t.yaml", "a.yaml", "b.yaml", "e.yaml", "c.yaml", "d.yaml"], treefile.Files.Select(Path.GetFileName));
    }

    [Fact]
    public void Packages_are_a_set_of_all_that_count_for_the_architecture()
    {
        var treefile = MemorySource.Read(
            "s390x",
            "",
            ("t.yaml", "include: a.yaml\npackages: [b a, \"'foo >= 1.0' c\"]\npackages-s390x: [zipl]\npackages-x86_64: [grub2]\nbootstrap_packages: [filesystem]\n"),
            ("a.yaml", "packages: [a, d]\npackages-x86_64: [shim]\n"));

        Assert.Equal(["a", "b", "c", "d", "filesystem", "foo >= 1.0", "zipl"], treefile.Packages);
    }

    [Fact]
    public void A_package_is_left_to_the_last_repository_that_names_it()
    {
        var treefile = MemorySource.Read(
            "x86_64",
            "",
            ("t.yaml", "include: a.yaml\nrepo-packages:\n- {repo: own, packages: [x y]}\n"),
            ("a.yaml", "repo-packages:\n- {repo: first, packages: [x]}\n- {repo: second, packages: [y, z]}\n"));

        Assert.Equal(["second: z", "own: x y"], treefile.RepoPackages.Select(entry => $"{entry.Repository}: {string.Join(' ', entry.Packages)}"));
    }

    [Fact]
    public void Mappings_join_and_the_including_treefile_has_the_last_word()
    {
        var treefile = MemorySource.Read("x86_64", "", ("t.yaml", "include: a.yaml\nmetadata: {one: own}\n"), ("a.yaml", "metadata: {one: a, two: {deep: 7}}\n"));

        Assert.Equal("{one: own, two: {deep: 7}}", treefile.Find("metadata")!.ToString()!.Replace("{two: {deep: 7}, one: own}", "{one: own, two: {deep: 7}}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_counts_only_at_the_top_is_told_of_when_it_is_included()
    {
        var told = new List<string>();
        MemorySource source = new(("t.yaml", "include: a.yaml\n"), ("a.yaml", "\nrepo-metadata: disabled\n"));
        var treefile = TreefileReader.Read("/t/t.yaml", source, new TreefileOptions("x86_64") { Report = diagnostic => told.Add($"{diagnostic.Code} {diagnostic.Place}") });

        Assert.Null(treefile.Find("repo-metadata"));
        Assert.Equal(["NI1219 /t/a.yaml(2,16)"], told);
    }

    [Fact]
    public void Variables_of_outer_and_earlier_files_win_and_those_given_from_outside_most_of_all()
    {
        (string, string)[] files =
        [
            ("t.yaml", "variables: {a: t, b: t}\ninclude: [one.yaml, two.yaml]\nref: ${a}-${b}-${c}-${d}-${basearch}-${releasever}-${none}\nreleasever: 40\n"),
            ("one.yaml", "variables: {b: one, c: one}\n"),
            ("two.yaml", "variables: {c: two, d: two}\nconditional-include: [{if: c == \"one\", include: {units: [seen.service]}}]\n"),
        ];
        var treefile = MemorySource.Read("x86_64", "a=given", files);

        Assert.Equal("given-t-one-two-x86_64-40-${none}", treefile.Text("ref"));
        Assert.Equal(["seen.service"], treefile.Texts("units"));
    }

    [Fact]
    public void Variables_are_put_into_the_fields_that_take_them_and_no_others()
    {
        var treefile = MemorySource.Read("variables: {v: 1}\nref: r${v}\ndefault-target: t${v}\nmetadata: {a: \"m${v}\", b: [\"${v}\"]}\nrojig: {name: \"n${v}\", summary: \"s${v}\", license: \"l${v}\"}\npostprocess: [\"echo ${v}\"]\nmutate-os-release: ${v}\nautomatic-version-prefix: ${v}.x\nadd-commit-metadata: {c: \"${v}\"}\n");

        Assert.Equal("r1 t${v} {a: m1, b: [${v}]} {name: n1, summary: s1, license: l${v}} [echo ${v}] 1 1.x {c: 1}", string.Join(' ', new[] { "ref", "default-target", "metadata", "rojig", "postprocess", "mutate-os-release", "automatic-version-prefix", "add-commit-metadata" }.Select(name => treefile.Find(name))));
    }

    [Fact]
    public void A_newer_edition_and_containers_imply_what_they_imply()
    {
        var edition = MemorySource.Read("edition: \"2024\"\ntmp-is-dir: false\n");
        var container = MemorySource.Read("container: true\nselinux: true\n");

        Assert.Equal(("modules", true), (edition.Text("boot-location"), edition.Flag("tmp-is-dir")));
        Assert.Equal(("modules", false, "{type: none}"), (container.Text("boot-location"), container.Flag("selinux"), container.Find("check-passwd")!.ToString()));
    }

    [Fact]
    public void A_file_that_is_included_twice_is_refused()
    {
        var e = Assert.Throws<DiagnosticException>(() => MemorySource.Read("x86_64", "", ("t.yaml", "include: [a.yaml, b.yaml]\n"), ("a.yaml", "include: b.yaml\n"), ("b.yaml", "")));

        Assert.Equal(("NI1209", "/t/t.yaml(1,19)"), (e.Diagnostic.Code, e.Diagnostic.Place!.ToString()));
    }

    [Fact]
    public void Includes_that_lie_too_deep_are_refused()
    {
        var files = Enumerable.Range(0, 60).Select(i => ($"{i}.yaml", $"include: {i + 1}.yaml\n")).ToArray();

        Assert.Equal("NI1210", Assert.Throws<DiagnosticException>(() => MemorySource.Read("x86_64", "", files)).Diagnostic.Code);
    }
}

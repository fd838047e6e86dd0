using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NodeImage.Treefiles.Fields;
using NodeImage.Treefiles.Reading;
using NodeImage.Treefiles.Tests.Independent;
using NodeImage.Treefiles.Tests.Support;
using NodeImage.Treefiles.Values;
using NodeImage.Treefiles.Writing;

namespace NodeImage.Treefiles.Tests;

/// <summary>Proves that what is written is read again as the same, and only has fields that rpm-ostree knows.</summary>
public sealed class WriterTests
{
    /// <summary>The fields of rpm-ostree, copied from its documentation and sources rather than from the product's table.</summary>
    private static readonly HashSet<string> Known = [.. """
        packages repo-packages cliwrap cliwrap-binaries edition ref metadata basearch variables repovars rojig repos lockfile-repos selinux ignore-devices
        selinux-label-version sysusers ima gpg-key include arch-include conditional-include bootstrap-packages ostree-layers ostree-override-layers
        exclude-packages platform-module container recommends documentation install-langs initramfs-args no-initramfs readonly-executables boot-location
        tmp-is-dir opt-usrlocal units default-target machineid-compat releasever automatic-version-prefix automatic-version-suffix mutate-os-release
        etc-group-members preserve-passwd check-passwd check-groups ignore-removed-users ignore-removed-groups postprocess-script postprocess add-files
        remove-files remove-from-packages add-commit-metadata repo-metadata advisories-metadata rpmdb rpmdb-normalize container-cmd
        base-refspec container-image-reference packages-local packages-local-fileoverride override-remove ex-override-replace override-replace-local
        initramfs custom override-commit unconfigured-state
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => new string([.. text.Get.Where(c => !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'))])),
        Gen.Elements("", " ", "~", "null", "true", "No", "1", "0x10", "007", "1e3", "-", "- a", "a: b", "a #b", "#", "*a", "&a", "!a", "%a", "@a", "`a", "'a'", "\"a\"", "[a", "{a}", "a,b", "a\nb", "a\n", "\na", " a\nb\n", "a\n\n", "\n", "\t\n", "a \nb", "…", "---", "...", "a:", ":a", "?", "? a", "|", ">", "#!/bin/bash\nset -e\n\n  indented\nend", "x\r\ny", "\u0085", "tab\there", "<<", "=", "\u00A0a", "a\u2028b"));

    [Fact]
    public void The_table_of_fields_is_the_list_of_rpm_ostree() => Assert.Equal(Known.Order(StringComparer.Ordinal), TreefileFields.All.Select(field => field.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Any_value_is_read_as_it_was_written()
    {
        var leaf = Gen.OneOf(
            Texts.Select(text => TreefileValue.Of(text)),
            Gen.Elements(TreefileValue.Of(true), TreefileValue.Of(false), TreefileValue.Of(0), TreefileValue.Of(ulong.MaxValue), new NullValue(null)));
        var value = Tree(3);
        Prop.ForAll(value.ToArbitrary(), one =>
        {
            var map = new MapValue([new MapEntry("k", one), new MapEntry("l", one)], null);
            var text = YamlWriter.Write(map);
            return DocumentReader.Read(Encoding.UTF8.GetBytes(text), "t.yaml").Equals(map).Label(text);
        }).QuickCheckThrowOnFailure();

        Gen<TreefileValue> Tree(int depth) => depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Tree(depth - 1).ListOf().Select(items => (TreefileValue)new ListValue([.. items.Take(4)], null)),
            Texts.Zip(Tree(depth - 1)).ListOf().Select(items => (TreefileValue)new MapValue([.. items.DistinctBy(item => item.Item1).Take(4).Select(item => new MapEntry(item.Item1, item.Item2))], null)));
    }

    [Fact]
    public void A_field_of_an_item_is_read_as_it_was_written()
    {
        Prop.ForAll(Texts.ToArbitrary(), Texts.ListOf().ToArbitrary(), (text, list) =>
        {
            var trimmed = text.Trim();
            var map = new MapValue([new MapEntry(text, TreefileValue.OfTexts(list)), new MapEntry(text + "x", TreefileValue.Of(text))], null);
            return RoundTrips("ref", TreefileValue.Of(trimmed)) && RoundTrips("lockfile-repos", TreefileValue.OfTexts(list)) && RoundTrips("metadata", map) && RoundTrips("releasever", TreefileValue.Of(trimmed));
        }).QuickCheckThrowOnFailure();

        Assert.Equal("root;bin", FieldText.Format("ignore-removed-users", MemorySource.Read("ignore-removed-users: [root, bin]").Find("ignore-removed-users")!).Replace("bin;root", "root;bin", StringComparison.Ordinal));
        Assert.Equal("{build_with_buildah: true}", FieldText.Format("metadata", MemorySource.Read("metadata: {build_with_buildah: true}").Find("metadata")!));

        static bool RoundTrips(string field, TreefileValue value) => FieldText.Parse(field, FieldText.Format(field, value)).Equals(value);
    }

    [Fact]
    public void Real_treefiles_are_read_as_an_independent_reader_reads_them_and_written_as_they_were_read()
    {
        var folder = Directory.CreateTempSubdirectory("treefiles").FullName;
        try
        {
            var cases = RealTreefiles.LayOut(folder);
            foreach (var one in cases)
            {
                var source = new FolderTreefileSource(Path.GetDirectoryName(one.File)!);
                var treefile = TreefileReader.Read(one.File, source, new TreefileOptions(one.Architecture) { Variables = TreefileVariables.Parse(one.VariableText) });
                Assert.Equal($"{one}\n{Plain.Describe(Independent.PlainTreefile.Read(one.File, one.Architecture, one.Variables))}", $"{one}\n{Plain.Describe(treefile)}");

                var written = TreefileWriter.Write(treefile);
                Assert.True(MemorySource.Read(one.Architecture, "", ("t.yaml", written)).SaysTheSame(treefile), one.ToString());
            }

            Assert.True(cases.Count > 40);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Merging_is_associative()
    {
        // Three files in a row, included one by the other, come to the same as one that includes the others in order.
        Prop.ForAll(Gen.Sized(size => Gen.Choose(0, 1 << 20)).Three().ToArbitrary(), seeds =>
        {
            var (a, b, c) = (Made(seeds.Item1), Made(seeds.Item2), Made(seeds.Item3));
            var nested = MemorySource.Read("x86_64", "", ("a.yaml", "include: b.yaml\n" + a), ("b.yaml", "include: c.yaml\n" + b), ("c.yaml", c));
            var flat = MemorySource.Read("x86_64", "", ("a.yaml", "include: [b.yaml, c.yaml]\n" + a), ("b.yaml", b), ("c.yaml", c));
            return nested.SaysTheSame(flat);
        }).QuickCheckThrowOnFailure();

        static string Made(int seed)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            Maybe($"ref: r{seed}");
            Maybe($"recommends: {(seed % 2 == 0 ? "true" : "false")}");
            Maybe($"packages: [p{seed % 5} p{seed % 7}]");
            Maybe($"repos: [r{seed % 3}]");
            Maybe($"postprocess: [s{seed}]");
            Maybe($"metadata: {{m{seed % 3}: {seed}}}");
            Maybe($"ignore-removed-users: [u{seed % 3}]");
            Maybe($"remove-from-packages: [[p{seed % 3}, x{seed}]]");
            Maybe($"check-passwd: {{type: {(seed % 2 == 0 ? "none" : "previous")}}}");
            Maybe($"repo-packages: [{{repo: r{seed % 2}, packages: [q{seed % 3}]}}]");
            return text.ToString();

            void Maybe(string line)
            {
                if (random.Next(2) == 0)
                {
                    text.Append(line).Append('\n');
                }
            }
        }
    }
}

using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Tests.Packages;

public sealed class PackageFileTests
{
    [Fact]
    public void The_parts_of_a_package_are_found()
    {
        var content = new RpmBuilder().Build();

        var package = RpmPackageFile.Read(content, "hello.rpm");

        Assert.Equal(content.Length, package.Length);
        Assert.Equal(RpmBuilder.Magic, content.AsSpan((int)package.HeaderOffset, 8).ToArray());
        Assert.Equal([0x1f, 0x8b], content.AsSpan((int)package.PayloadOffset, 2).ToArray());
        Assert.Equal(package.Header.Blob.ToArray(), content[((int)package.HeaderOffset + 8)..(int)package.PayloadOffset]);
        using var payload = package.OpenPayload();
        Assert.Equal(content.Length - package.PayloadOffset, payload.Length - payload.Position);
    }

    [Fact]
    public void A_package_on_disk_reads_as_one_in_memory()
    {
        using var folder = new TemporaryFolder();

        // Larger than what is read at once.
        var files = Enumerable.Range(0, 2000).Select(i => TestFile.Regular($"/usr/share/hello/file-number-{i}", "")).ToArray();
        var content = new RpmBuilder { Files = files }.Build();
        var path = folder.Write("hello.rpm", content);

        var package = RpmPackageFile.Open(path);

        Assert.Equal(RpmPackageFile.Read(content, "x").Header.Blob.ToArray(), package.Header.Blob.ToArray());
        Assert.Equal(2000, package.Info.Files.Count);
    }

    [Fact]
    public void What_describes_a_package_is_read()
    {
        var package = new RpmBuilder
        {
            Dependencies =
            [
                (RpmDependencyKind.Requires, "libc.so.6()(64bit)", 0, ""),
                (RpmDependencyKind.Requires, "bash", DependencyFlags.Greater | DependencyFlags.Equal | DependencyFlags.ScriptPost, "1:5.0-2"),
                (RpmDependencyKind.Conflicts, "goodbye", DependencyFlags.Less, "2"),
                (RpmDependencyKind.Obsoletes, "hallo", 0, ""),
                (RpmDependencyKind.Recommends, "(a if b)", 0, ""),
            ],
            Header = header => header.AddInt32(RpmTag.Epoch, 3).Add(RpmTag.Vendor, "Example"),
        }.Open();

        Assert.Equal(new Nevra("hello", new Evr(3, "1.0", "1"), "noarch"), package.Info.Nevra);
        Assert.Equal("Says hello", package.Info.Summary);
        Assert.Equal("A package that says hello.", package.Info.Description);
        Assert.Equal("MIT", package.Info.License);
        Assert.Equal("Example", package.Info.Vendor);
        Assert.Equal("hello-1.0-1.src.rpm", package.Info.SourceRpm);
        Assert.Equal(1_700_000_000, package.Info.BuildTime);
        Assert.Equal(4, package.Info.Format);
        Assert.False(package.Info.IsSource);
        Assert.Equal([new Dependency("hello", DependencyFlags.Equal, Evr.Parse("1.0-1"))], package.Info.Provides);
        Assert.Equal(
            [
                new Dependency("libc.so.6()(64bit)"),
                new Dependency("bash", DependencyFlags.Greater | DependencyFlags.Equal | DependencyFlags.ScriptPost, new Evr(1, "5.0", "2")),
            ],
            package.Info.Requires);
        Assert.Equal([new Dependency("goodbye", DependencyFlags.Less, new Evr(0, "2", null))], package.Info.Conflicts);
        Assert.Equal([new Dependency("hallo")], package.Info.Obsoletes);
        Assert.Equal([new Dependency("(a if b)")], package.Info.GetDependencies(RpmDependencyKind.Recommends));
    }

    [Fact]
    public void A_source_package_is_known_by_what_it_says_or_else_by_its_folder()
    {
        Assert.Equal("src", Nevra(header => header.AddInt32(RpmTag.SourcePackage, 1).Remove(RpmTag.SourceRpm)).Architecture);
        Assert.Equal("nosrc", Nevra(header => header.AddInt32(RpmTag.SourcePackage, 1).AddInt32(RpmTag.NoSource, 0).Remove(RpmTag.SourceRpm)).Architecture);
        Assert.Equal("noarch", Nevra(header => header.Remove(RpmTag.SourceRpm)).Architecture);

        var bySpec = new RpmBuilder { Files = [TestFile.Regular("hello.spec", "")], Header = header => header.Remove(RpmTag.SourceRpm) };
        Assert.True(bySpec.Open().Info.IsSource);
    }

    [Fact]
    public void A_package_older_than_regions_is_read_with_its_whole_paths_and_provides_its_name()
    {
        var package = new RpmBuilder
        {
            Format = 3,
            Files = [TestFile.Directory("/opt/hello"), TestFile.Regular("/opt/hello/hello", "Hello")],
        }.Open();

        Assert.Equal(3, package.Info.Format);
        Assert.Equal(["/opt/hello", "/opt/hello/hello"], package.Info.Files.Select(file => file.Path));
        Assert.Equal([new Dependency("hello", DependencyFlags.Equal, Evr.Parse("1.0-1"))], package.Info.Provides);
    }

    [Fact]
    public void Scriptlets_are_read_with_interpreter_and_flags()
    {
        var package = new RpmBuilder
        {
            Header = header => header
                .Add(RpmTag.PreInstall, "getent passwd hello").AddArray(RpmTag.PreInstallProgram, "/bin/sh")
                .AddArray(RpmTag.PostInstallProgram, "/sbin/ldconfig", "-v")
                .Add(RpmTag.PreTransaction, "print('hello')").AddArray(RpmTag.PreTransactionProgram, "<lua>").AddInt32(RpmTag.PreTransactionFlags, 5)
                .Add(RpmTag.PostUninstall, "true"),
        }.Open();

        Assert.Collection(
            package.Info.Scriptlets,
            script => Assert.Equivalent(new RpmScriptlet(RpmScriptletKind.PreTransaction, ["<lua>"], "print('hello')", RpmScriptletFlags.ExpandMacros | RpmScriptletFlags.Critical), script),
            script => Assert.Equivalent(new RpmScriptlet(RpmScriptletKind.PreInstall, ["/bin/sh"], "getent passwd hello", 0), script),
            script => Assert.Equivalent(new RpmScriptlet(RpmScriptletKind.PostInstall, ["/sbin/ldconfig", "-v"], null, 0), script),
            script => Assert.Equivalent(new RpmScriptlet(RpmScriptletKind.PostUninstall, ["/bin/sh"], "true", 0), script));
    }

    [Fact]
    public void Triggers_are_read_with_their_conditions_and_priorities()
    {
        var package = new RpmBuilder
        {
            Header = header => header
                .AddArray(RpmTag.TriggerScripts, "echo a", "echo b").AddArray(RpmTag.TriggerScriptProgram, "/bin/sh", "<lua>")
                .AddArray(RpmTag.TriggerName, "bash", "zsh", "fish").AddArray(RpmTag.TriggerVersion, "5", "", "")
                .AddInt32(RpmTag.TriggerFlags, (1 << 16) | 8, 1 << 17, 1 << 16).AddInt32(RpmTag.TriggerIndex, 0, 1, 0)
                .AddArray(RpmTag.TransFileTriggerScripts, "ldconfig").AddArray(RpmTag.TransFileTriggerScriptProgram, "/bin/sh")
                .AddArray(RpmTag.TransFileTriggerName, "/usr/lib64").AddArray(RpmTag.TransFileTriggerVersion, "")
                .AddInt32(RpmTag.TransFileTriggerFlags, 1 << 16).AddInt32(RpmTag.TransFileTriggerIndex, 0).AddInt32(RpmTag.TransFileTriggerPriorities, 2_000_000),
        }.Open();

        Assert.Collection(
            package.Info.Triggers,
            trigger =>
            {
                Assert.Equal((RpmTriggerKind.Package, "/bin/sh", "echo a"), (trigger.Kind, trigger.Interpreter, trigger.Body));
                Assert.Equal(["bash", "fish"], trigger.Conditions.Select(condition => condition.Name));
                Assert.Equal("5", trigger.Conditions[0].Version!.Version);
                Assert.Equal(DependencyFlags.TriggerInstall, trigger.Events);
                Assert.Equal(RpmTrigger.DefaultPriority, trigger.Priority);
            },
            trigger => Assert.Equal(("<lua>", DependencyFlags.TriggerUninstall), (trigger.Interpreter, trigger.Events)),
            trigger => Assert.Equal((RpmTriggerKind.TransactionFile, 2_000_000, "/usr/lib64"), (trigger.Kind, trigger.Priority, trigger.Conditions[0].Name)));
    }

    [Fact]
    public void Conditions_of_no_trigger_and_dependencies_of_unequal_length_are_refused()
    {
        var trigger = new RpmBuilder
        {
            Header = header => header.AddArray(RpmTag.TriggerScripts, "a").AddArray(RpmTag.TriggerName, "b").AddInt32(RpmTag.TriggerIndex, 1),
        }.Open();
        var dependency = new RpmBuilder { Header = header => header.AddArray(RpmTag.ProvideVersion, "1", "2") }.Open();

        Refusal.Of(PackageDiagnostics.MalformedScriptlets, () => _ = trigger.Info.Triggers);
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => _ = dependency.Info.Provides);
    }

    [Fact]
    public void A_package_without_a_name_is_refused_where_the_name_is_wanted()
    {
        var package = new RpmBuilder { Header = header => header.Remove(RpmTag.Name) }.Open();

        Refusal.Of(PackageDiagnostics.MissingEntry, () => _ = package.Info.Nevra);
        Assert.Equal("hello.rpm", package.Info.ToString());
    }

    [Fact]
    public void What_does_not_begin_as_a_package_is_none()
    {
        var content = new RpmBuilder().Build();

        Refusal.Of(PackageDiagnostics.NotAPackage, () => RpmPackageFile.Read([], "empty"));
        Refusal.Of(PackageDiagnostics.NotAPackage, () => RpmPackageFile.Read(content[..95], "short"));
        foreach (var (position, value) in ((int, byte)[])[(0, 0), (4, 2), (4, 5), (78, 1), (79, 4)])
        {
            var changed = (byte[])content.Clone();
            changed[position] = value;
            Refusal.Of(PackageDiagnostics.NotAPackage, () => RpmPackageFile.Read(changed, "changed"));
        }
    }

    [Fact]
    public void A_package_cut_off_before_its_payload_is_refused()
    {
        var content = new RpmBuilder().Build();
        var payload = (int)RpmPackageFile.Read(content, "whole").PayloadOffset;

        for (var length = 96; length < payload; length++)
        {
            var cut = content[..length];
            Refusal.Of(PackageDiagnostics.MalformedHeader, () => RpmPackageFile.Read(cut, "cut"));
        }

        Assert.Equal(payload, RpmPackageFile.Read(content[..payload], "cut").Length);
    }

    [Fact]
    public void A_header_that_announces_more_than_the_file_holds_costs_no_memory()
    {
        var content = new RpmBuilder().Build();
        var package = RpmPackageFile.Read(content, "whole");

        // 255 MiB of data.
        content[package.HeaderOffset + 12] = 0x0f;
        content[package.HeaderOffset + 13] = 0xf0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Of(PackageDiagnostics.MalformedHeader, () => RpmPackageFile.Read(content, "liar"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused()
    {
        using var folder = new TemporaryFolder();

        Refusal.Of(PackageDiagnostics.Unreadable, () => RpmPackageFile.Open(folder["missing.rpm"]));
        Refusal.Of(PackageDiagnostics.Unreadable, () => RpmPackageFile.Open(folder.Root));
    }

    private static Nevra Nevra(Action<HeaderBuilder> change) => new RpmBuilder { Header = change }.Open().Info.Nevra;
}

using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Projects;

/// <summary>The same projects make the same bytes, wherever, whenever and by whomever they are built.</summary>
public sealed class ReproducibilityTests(ReproducibilityTests.FirstBuild first) : IClassFixture<ReproducibilityTests.FirstBuild>
{
    [Fact]
    public void In_another_folder_by_another_user_with_other_settings_on_one_processor()
    {
        Command.Require("taskset");
        using var other = new OtherPlace(first.Project);
        other.Build(
            ["taskset", "-c", "0", "sh", "-c", "umask 077; exec \"$0\" \"$@\""],
            new() { ["TZ"] = "Pacific/Kiritimati", ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8" });
        first.AssertSame(other.Project);
    }

    [Fact]
    public void A_year_later()
    {
        using var other = new OtherPlace(first.Project);
        var output = other.Build([], new() { ["LD_PRELOAD"] = other.MakeNextYear() }, "-v:normal");
        Assert.Matches($"Build started .*{DateTime.Now.AddDays(365).Year}", output);
        first.AssertSame(other.Project);
    }

    [Fact]
    public void From_a_lock_without_choosing_again()
    {
        using var other = new OtherPlace(first.Project);
        foreach (var name in FirstBuild.Names)
        {
            File.Copy(first.Project.LockFile(name), other.Project.LockFile(name));
        }

        other.Build([], [], "-p:RestoreLockedMode=true");
        first.AssertSame(other.Project);
    }

    /// <summary>A base and an image on it with something of everything, built as usual.</summary>
    public sealed class FirstBuild
    {
        private const string Archive = "publish/node.ociarchive";

        private readonly Lazy<ScratchProject> _project = new(Make);

        internal static string[] Names { get; } = ["base", "node"];

        internal ScratchProject Project => _project.Value;

        internal static void Write(ScratchProject project)
        {
            project.WriteBase("""<SystemUser Include="own" />""");
            project.WriteLayered("node", """
                <RpmPackage Include="hostname;sed" />
                    <SystemdUnit Update="units/own.service" State="Enabled" />
                    <PostProcessScript Include="scripts/own.sh" />
                """);
            project.Write("node/overlay/usr/share/own/Iİıi", "letters that Turkish orders and cases in its own way\n");
            project.Write("node/overlay/etc/own.conf", "own = 1\n");
            project.Write("node/units/own.service", "[Service]\nExecStart=/usr/bin/true\n\n[Install]\nWantedBy=multi-user.target\n");

            // Runs in the sandbox; its files belong to users that whoever builds is not, and tell what it sees of the builder's settings.
            project.Write("node/scripts/own.sh", """
                set -e
                mkdir -m 750 /usr/share/own/made
                for i in 3 1 2; do echo $i > /usr/share/own/made/$i; done
                env | sort > /usr/share/own/made/environment
                umask > /usr/share/own/made/umask
                id > /usr/share/own/made/id
                chown -R 2:1 /usr/share/own/made

                """);
        }

        internal void AssertSame(ScratchProject other)
        {
            foreach (var name in Names)
            {
                Assert.Equal(Project.Digest(name), other.Digest(name));
                Assert.Equal(File.ReadAllText(Project.LockFile(name)), File.ReadAllText(other.LockFile(name)));
            }

            Assert.Equal(File.ReadAllBytes(Path.Combine(Project.OutputFolder("node"), Archive)), File.ReadAllBytes(Path.Combine(other.OutputFolder("node"), Archive)));
        }

        private static ScratchProject Make()
        {
            Command.RequireRoot();
            var project = ScratchProject.Make("reproducible");
            Write(project);
            project.Run("publish", "node", ["-c", "Debug"]).Succeeded();
            return project;
        }
    }

    /// <summary>The projects again: in a temporary folder of a user that is made for them, which holds all that the user needs.</summary>
    private sealed class OtherPlace : IDisposable
    {
        private const string User = "nodeimage-e2e";

        private readonly string _folder = Directory.CreateTempSubdirectory("nodeimage-e2e-").FullName;

        public OtherPlace(ScratchProject first)
        {
            Command.Require("useradd", "userdel", "runuser");
            Project = new ScratchProject(Path.Combine(_folder, "somewhere", "else"));
            FirstBuild.Write(Project);
            File.Copy(Path.Combine(first.Folder, "global.json"), Path.Combine(Project.Folder, "global.json"));
            CopyFeed();
            CopyRepository(first);
            Command.Run("userdel", "--remove", User);
            Command.Run("useradd", "--create-home", "--home-dir", Home, User).Succeeded();
            if (!File.Exists("/etc/subuid") || !File.ReadLines("/etc/subuid").Any(line => line.StartsWith($"{User}:", StringComparison.Ordinal)))
            {
                Dispose();
                Assert.Skip("useradd gives a user no subordinate ids here");
            }

            Command.Run("chown", "-R", $"{User}:{User}", _folder).Succeeded();
        }

        public ScratchProject Project { get; }

        private string Home => Path.Combine(_folder, "home");

        private string Fixtures => Path.Combine(_folder, "fixtures");

        public string Build(string[] wrapper, Dictionary<string, string?> environment, params string[] arguments)
        {
            environment["HOME"] = Home;
            environment["FixtureFolder"] = Fixtures + "/";
            environment["NODEIMAGE_CACHE"] = Project.CacheFolder;
            return DotNet.Run(Project.Folder, ["publish", "node", "-c", "Debug", "-p:Initramfs=None", .. arguments], environment, ["runuser", "-u", User, "--", .. wrapper]).Succeeded();
        }

        /// <summary>Makes a library that sets the clock of what it is preloaded into on by a year.</summary>
        /// <remarks>libfaketime moves the ends of waits as well, and now and then ends one of MSBuild's before its time.</remarks>
        public string MakeNextYear()
        {
            Command.Require("gcc");
            var library = Path.Combine(_folder, "next-year.so");
            Command.Run("gcc", "-std=gnu17", "-O2", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Support", "next-year.c")).Succeeded();
            return library;
        }

        public void Dispose()
        {
            Command.Run("userdel", User);
            Command.Run("rm", "-rf", _folder);
        }

        private void CopyFeed()
        {
            Directory.CreateDirectory(Path.Combine(_folder, "feed"));
            var version = (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Project.Folder, "global.json")))!["msbuild-sdks"]!["NodeImage.Sdk"]!;
            var package = $"NodeImage.Sdk.{version}.nupkg";
            File.Copy(Path.Combine(Checkout.Root, "artifacts", "feed", package), Path.Combine(_folder, "feed", package));
            Project.Write("nuget.config", $"""
                <configuration>
                  <packageSources>
                    <clear />
                    <add key="feed" value="{_folder}/feed" />
                  </packageSources>
                </configuration>
                """);
        }

        /// <summary>Copies the fixture's repository: its metadata, and those packages that are asked for.</summary>
        private void CopyRepository(ScratchProject first)
        {
            var (from, to) = (Checkout.RequireFixtures(), Directory.CreateDirectory(Path.Combine(Fixtures, "base")).FullName);
            File.Copy(Path.Combine(from, "RPM-GPG-KEY-fixture"), Path.Combine(Fixtures, "RPM-GPG-KEY-fixture"));
            Command.Run("cp", "-r", Path.Combine(from, "base", "repodata"), to).Succeeded();
            foreach (var package in FirstBuild.Names.SelectMany(name => JsonNode.Parse(File.ReadAllText(first.LockFile(name)))!["targets"]!["rhel9.6/x86_64"]!["packages"]!.AsArray()))
            {
                var location = (string)package!["location"]!;
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, location))!);
                File.Copy(Path.Combine(from, "base", location), Path.Combine(to, location), overwrite: true);
            }
        }
    }
}

using NodeImage.Fixtures.Repositories;

namespace NodeImage.Fixtures.Tests.Built;

/// <summary>The fixture that <c>eng/fixtures/build.sh</c> has built: <c>artifacts/fixtures</c>, or where NODEIMAGE_FIXTURES says.</summary>
internal sealed class BuiltFixture
{
    private static readonly Lazy<BuiltFixture?> Found = new(() => Find(""));
    private static readonly Lazy<BuiltFixture?> FoundArm64 = new(() => Find(FixtureSize.Arm64.Folder));

    private readonly Dictionary<string, string> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepositoryMetadata> _metadata = new(StringComparer.Ordinal);

    private BuiltFixture(string folder, FixtureDescription description)
    {
        Folder = folder;
        Description = description;
        foreach (var path in description.Repositories.SelectMany(repository => Directory.EnumerateFiles(Path.Combine(folder, repository.Name), "*.rpm", SearchOption.AllDirectories)))
        {
            _packages.Add(Building.BuiltPackage.NameOf(path), path);
        }
    }

    public string Folder { get; }

    public FixtureDescription Description { get; }

    /// <summary>The paths of all packages, by name.</summary>
    public IReadOnlyDictionary<string, string> Packages => _packages;

    public string Key => Path.Combine(Folder, "RPM-GPG-KEY-fixture");

    /// <summary>The fixture; the test is skipped where it has not been built, or not as large as the test needs it.</summary>
    public static BuiltFixture Get(bool full = true)
    {
        Assert.SkipWhen(Found.Value is null, "the fixture has not been built: run eng/fixtures/build.sh");
        Assert.SkipWhen(full && Found.Value!.Description.Size != "full", "only the minimal fixture has been built: run eng/fixtures/build.sh");
        Assert.SkipUnless(Shell.Has("rpm"), "rpm is not installed");
        return Found.Value!;
    }

    /// <summary>The fixture for aarch64; the test is skipped where it has not been built.</summary>
    public static BuiltFixture GetArm64()
    {
        Assert.SkipWhen(FoundArm64.Value is null, "the fixture for aarch64 has not been built: run eng/fixtures/build.sh arm64");
        Assert.SkipUnless(Shell.Has("rpm"), "rpm is not installed");
        return FoundArm64.Value!;
    }

    /// <summary>What a repository's metadata says.</summary>
    public RepositoryMetadata Metadata(string repository)
    {
        lock (_metadata)
        {
            if (!_metadata.TryGetValue(repository, out var metadata))
            {
                _metadata[repository] = metadata = RepositoryMetadata.Read(Path.Combine(Folder, repository));
            }

            return metadata;
        }
    }

    /// <summary>Asks rpm about packages.</summary>
    /// <param name="format">A query format; it is repeated for each package.</param>
    /// <param name="packages">Their names, or none for all of them.</param>
    /// <returns>The lines of the answer.</returns>
    public IReadOnlyList<string> Query(string format, params string[] packages) =>
        Rpm(["-qp", "--nosignature", "--qf", format, .. packages.Length == 0 ? _packages.Values : packages.Select(package => _packages[package])]);

    /// <summary>Asks rpm with options of its own.</summary>
    public IReadOnlyList<string> Ask(string package, params string[] options) =>
        Rpm(["-qp", "--nosignature", .. options, _packages[package]]);

    private static string[] Rpm(IEnumerable<string> arguments) =>
        Shell.Run("rpm", arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Has rpm check the digests and signatures of all packages against the key that lies beside them.</summary>
    /// <returns>rpm's answer for each package.</returns>
    public IReadOnlyList<string> CheckSignatures()
    {
        using var home = new ScratchFolder();
        string[] database = ["--define", $"_dbpath {home.Path}"];
        Shell.Run("rpmkeys", [.. database, "--import", Key]);
        return Shell.Run("rpmkeys", [.. database, "--checksig", .. _packages.Values]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static BuiltFixture? Find(string size)
    {
        var root = Environment.GetEnvironmentVariable("NODEIMAGE_FIXTURES") ?? Path.Combine(RepositoryFolder.Root, "artifacts", "fixtures");
        var folder = Path.Combine(root, size);
        return FixtureDescription.Read(Path.Combine(folder, "fixture.json")) is { } description ? new BuiltFixture(folder, description) : null;
    }
}

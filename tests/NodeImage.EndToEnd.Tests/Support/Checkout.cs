namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>The repository that the tests are of.</summary>
internal static class Checkout
{
    /// <summary>Its folder.</summary>
    public static string Root => RepositoryFolder.Root;

    /// <summary>The fixture distribution; the test is skipped where it has not been built.</summary>
    public static string RequireFixtures()
    {
        var folder = Path.Combine(Root, "artifacts", "fixtures");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "fixture.json")), "the fixture distribution is not built (eng/fixtures/build.sh)");
        return folder;
    }

    /// <summary>The fixture distribution for aarch64; the test is skipped where it has not been built.</summary>
    public static string RequireArm64Fixtures()
    {
        var folder = Path.Combine(RequireFixtures(), "arm64");
        Assert.SkipUnless(File.Exists(Path.Combine(folder, "fixture.json")), "the fixture distribution for aarch64 is not built (eng/fixtures/build.sh arm64)");
        return folder;
    }

    /// <summary>A list of package names that the fixture's installations ask for.</summary>
    public static IReadOnlyList<string> Request(string name) =>
        [.. File.ReadAllLines(Path.Combine(Root, "eng", "fixtures", $"{name}.packages")).Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>A fresh folder within the repository, so that its NuGet sources hold.</summary>
    public static string MakeFolder(string name)
    {
        var folder = Path.Combine(Root, "artifacts", "e2e", name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var versions = Path.Combine(Root, "samples", "global.json");
        Assert.SkipUnless(File.Exists(versions), "the SDK is not packed (eng/pack.sh)");
        File.Copy(versions, Path.Combine(folder, "global.json"));

        // What the repository says of its own projects, such as their authors, is not said of these.
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />\n");
        return folder;
    }
}

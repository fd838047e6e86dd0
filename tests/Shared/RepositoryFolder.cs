namespace NodeImage.Tests.Shared;

/// <summary>The repository that the tests were built from.</summary>
internal static class RepositoryFolder
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NodeImage.Sdk.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in a checkout.");
        }

        return folder.FullName;
    }
}

using System.Text.RegularExpressions;
using NodeImage.Core.Compression;
using NodeImage.Core.Diagnostics;
using NodeImage.Judges.Rpm;
using NodeImage.Rpm.Repositories;

namespace NodeImage.Judges.Solver;

/// <summary>The packages of a repository of the data.</summary>
/// <param name="Path">The file <c>primary.xml</c>, compressed as it may be.</param>
/// <param name="Packages">What it says.</param>
internal sealed record MetadataRepository(string Path, IReadOnlyList<RepositoryPackage> Packages)
{
    /// <summary>Opens the file in the clear.</summary>
    public Stream Open()
    {
        var file = File.OpenRead(Path);
        Span<byte> head = stackalloc byte[6];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Decompressor.Open(file, Decompressor.Detect(head[..length]));
    }
}

/// <summary>Finds repositories of the data for the solver to work with.</summary>
internal sealed partial class MetadataRepositories
{
    private readonly JudgeContext _context;
    private readonly Dictionary<string, string> _recipes;

    private MetadataRepositories(JudgeContext context, IReadOnlyList<MetadataRepository> all, Dictionary<string, string> recipes)
    {
        _context = context;
        All = all;
        _recipes = recipes;
    }

    /// <summary>All that can be read and have packages, in the order of their paths.</summary>
    public IReadOnlyList<MetadataRepository> All { get; }

    /// <summary>Reads all repositories of the data.</summary>
    public static MetadataRepositories Read(JudgeContext context) =>
        new(context, [.. RepositoryFolder.All(context).Select(Read).OfType<MetadataRepository>()], ReadRecipes(context));

    /// <summary>The repositories of the vendor that most packages are from: those that make up the largest distribution.</summary>
    public IReadOnlyList<MetadataRepository> LargestDistribution() =>
        All.GroupBy(Vendor, StringComparer.Ordinal)
            .MaxBy(group => group.Sum(repository => repository.Packages.Count))?.ToList() ?? [];

    /// <summary>Finds the repository that a test case has in libsolv's own format, which the data does not hold.</summary>
    /// <param name="id">What the test case calls it.</param>
    /// <param name="file">The file that it would be in.</param>
    /// <param name="result">The result that is expected.</param>
    /// <returns>The repository that the data's index says the file is made from; else the only one that has all packages which the
    /// result takes from it; or null.</returns>
    public MetadataRepository? Find(string id, string file, IReadOnlyList<string> result)
    {
        if (_recipes.TryGetValue(file, out var pattern))
        {
            var folder = Path.Combine(_context.Data, Path.GetDirectoryName(pattern)!);
            var path = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).FirstOrDefault() : null;
            return All.FirstOrDefault(repository => repository.Path == path);
        }

        var suffix = $"@{id}";
        var taken = result.SelectMany(line => line.Split(' ')).Where(word => word.EndsWith(suffix, StringComparison.Ordinal)).Select(word => word[..^suffix.Length]).ToHashSet();
        var having = All.Where(repository => taken.Count > 0 && taken.IsSubsetOf(repository.Packages.Select(package => $"{package.Nevra.Name}-{package.Nevra.Evr}.{package.Nevra.Architecture}"))).ToList();
        return having.Count == 1 ? having[0] : null;
    }

    private static string Vendor(MetadataRepository repository) =>
        repository.Packages.CountBy(package => package.Vendor).MaxBy(pair => pair.Value).Key;

    private static MetadataRepository? Read(RepositoryFolder folder)
    {
        try
        {
            using var index = File.OpenRead(folder.Index);
            var entry = RepositoryIndexReader.Read(index, folder.Index).Find("primary");
            if (entry is null || folder.Find(entry.Location) is not { } path)
            {
                return null;
            }

            var packages = MetadataFile.Read(path, folder.Index, entry, stream => PrimaryReader.Read(stream, path));
            return packages.Count > 0 ? new MetadataRepository(Path.GetFullPath(path), packages) : null;
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    // The index of the data says by which commands such files come about.
    private static Dictionary<string, string> ReadRecipes(JudgeContext context)
    {
        var recipes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(context.Data, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (Match match in Recipe().Matches(File.ReadAllText(file)))
            {
                recipes.TryAdd(match.Groups["file"].Value, match.Groups["source"].Value);
            }
        }

        return recipes;
    }

    [GeneratedRegex(@"\b\w*cat (?<source>[^\s|]+) \| rpmmd2solv > (?<file>[\w.+-]+)")]
    private static partial Regex Recipe();
}

using System.Security.Cryptography;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A file of a root folder, with its owners by name.</summary>
internal sealed record DiskFile(char Type, string Mode, string User, string Group, string Link, string Digest, string Capabilities);

/// <summary>A root folder as find, getcap and its own accounts describe it; for root only.</summary>
internal sealed class DiskImage
{
    private const int Fields = 6;

    private DiskImage(string root, SortedDictionary<string, DiskFile> files)
    {
        Root = root;
        Files = files;
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>All files, by path.</summary>
    public IReadOnlyDictionary<string, DiskFile> Files { get; }

    /// <summary>The names of accounts, in whichever file they stand.</summary>
    public IEnumerable<string> Names(string database) => Lines(Root, database).Select(parts => parts[0]).Order(StringComparer.Ordinal);

    /// <summary>Reads a root folder.</summary>
    public static DiskImage Read(string root)
    {
        var (users, groups) = (Accounts(root, "passwd"), Accounts(root, "group"));
        var capabilities = Command.Run("getcap", "-r", root).Lines().Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1].Trim(), StringComparer.Ordinal);
        var found = Command.Run("find", root, "-xdev", "-mindepth", "1", "-printf", @"%P\1%y\1%m\1%U\1%G\1%l\2").Succeeded().Split('\u0002').Select(line => line.TrimStart('\n')).Where(line => line.Length > 0);
        var files = new SortedDictionary<string, DiskFile>(StringComparer.Ordinal);
        Parallel.ForEach(found, line =>
        {
            var parts = line.Split('\u0001');
            Assert.Equal(Fields, parts.Length);
            var onDisk = Path.Combine(root, parts[0]);
            var digest = parts[1] == "f" ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(onDisk))) : "";
            var file = new DiskFile(parts[1][0], parts[1] == "l" ? "" : parts[2], users.GetValueOrDefault(parts[3], parts[3]), groups.GetValueOrDefault(parts[4], parts[4]), parts[5], digest, capabilities.GetValueOrDefault(onDisk, ""));
            lock (files)
            {
                files["/" + parts[0]] = file;
            }
        });
        return new DiskImage(root, files);
    }

    private static Dictionary<string, string> Accounts(string root, string database) =>
        Lines(root, database).GroupBy(parts => parts[2]).ToDictionary(group => group.Key, group => group.First()[0], StringComparer.Ordinal);

    private static IEnumerable<string[]> Lines(string root, string database) => ((string[])[$"{root}/etc/{database}", $"{root}/usr/lib/{database}"])
        .Where(File.Exists)
        .SelectMany(File.ReadAllLines)
        .Select(line => line.Split(':'))
        .Where(parts => parts.Length > 2);
}

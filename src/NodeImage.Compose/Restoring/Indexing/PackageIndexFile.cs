using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Core.IO;

namespace NodeImage.Compose.Restoring.Indexing;

/// <summary>
/// The file that indexes are kept in, <c>rpms.index.json</c> beside the lock: JSON in which every package has a line of its
/// own. The targets are those of the lock file, each by the name that it has there.
/// </summary>
public static class PackageIndexFile
{
    private const int Version = 1;

    /// <summary>Whether a file has the index of a target.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The target's name.</param>
    /// <returns>True where it has.</returns>
    public static bool Has(string path, string target) =>
        File.Exists(path) && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Head(target))) >= 0;

    /// <summary>Puts the index of a target into a file, and leaves those of others. The file is touched only when it changes.</summary>
    /// <param name="path">The file; one that is malformed is made anew.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="index">The index.</param>
    public static void Update(string path, string target, PackageIndex index)
    {
        var targets = new SortedDictionary<string, string>(Others(path), StringComparer.Ordinal) { [target] = Write(index) };
        var text = new StringBuilder("{\n\"version\": ").Append(Version).Append(",\n\"targets\": {");
        var separator = "";
        foreach (var (name, section) in targets)
        {
            text.Append(separator).Append(Head(name)).Append(section);
            separator = ",";
        }

        AtomicFile.WriteWhenDifferent(path, Encoding.UTF8.GetBytes(text.Append("\n}\n}\n").ToString()));
    }

    // A summary cannot hold a line feed: it would be escaped.
    private static string Head(string target) => $"\n{Json(target)}: {{\n";

    private static string Write(PackageIndex index)
    {
        var text = new StringBuilder("\"repositories\": {\n");
        text.AppendJoin(",\n", index.Repositories.Select(repository => $"{Json(repository.Key)}: {Json(repository.Value)}")).Append("\n},\n\"packages\": [\n");
        return text.AppendJoin(",\n", index.Packages.Select(package => JsonSerializer.Serialize(package, IndexJsonContext.Relaxed.IndexedPackage))).Append("\n]\n}").ToString();
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static Dictionary<string, string> Others(string path)
    {
        try
        {
            var file = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), IndexJsonContext.Relaxed.IndexDocument) : null;
            return file is { Version: Version, Targets: { } targets }
                ? targets.Where(target => target.Value is { Repositories: not null, Packages.IsDefault: false } && !target.Value.Packages.Contains(null!)).ToDictionary(target => target.Key, target => Write(target.Value), StringComparer.Ordinal)
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>An index file as it is read.</summary>
internal sealed record IndexDocument(int Version, Dictionary<string, PackageIndex>? Targets);

/// <summary>How indexes are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IndexedPackage))]
[JsonSerializable(typeof(IndexDocument))]
internal sealed partial class IndexJsonContext : JsonSerializerContext
{
    public static IndexJsonContext Relaxed { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    });
}

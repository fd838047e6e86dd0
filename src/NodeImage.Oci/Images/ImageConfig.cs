using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using NodeImage.Core.Digests;
using NodeImage.Core.Json;

namespace NodeImage.Oci.Images;

/// <summary>An image configuration: OCI image specification, "Image Configuration".</summary>
public sealed record ImageConfig
{
    /// <summary>What the image runs on.</summary>
    public required Platform Platform { get; init; }

    /// <summary>When the image was made, in seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Who made it, or null.</summary>
    public string? Author { get; init; }

    /// <summary>The user that the command runs as, or null for root.</summary>
    public string? User { get; init; }

    /// <summary>Environment variables as <c>NAME=value</c>.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>What always runs.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>What runs unless something else is asked for.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The folder that it runs in, or null.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The signal that ends it, or null.</summary>
    public string? StopSignal { get; init; }

    /// <summary>The ports that it serves, as <c>80/tcp</c>.</summary>
    public ImmutableSortedSet<string> ExposedPorts { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Labels, sorted by key.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = OciJson.NoStrings;

    /// <summary>The diff IDs: the digests of the layers' archives in the clear, the lowest first.</summary>
    public ImmutableArray<Sha256Digest> DiffIds { get; init; } = [];

    /// <summary>How the image came to be, a step a layer (and steps that made none).</summary>
    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    /// <summary>Reads a configuration.</summary>
    /// <param name="bytes">Its bytes, already held to their digest.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="InvalidDataException">It is not a configuration.</exception>
    public static ImageConfig Read(ReadOnlySpan<byte> bytes)
    {
        var json = OciJson.Parse(bytes, "image configuration");
        var config = json["config"] as JsonObject ?? [];
        var rootfs = OciJson.Object(json["rootfs"], "rootfs of the image configuration");
        return new ImageConfig
        {
            Platform = Platform.Read(json),
            Created = ReadTime(OciJson.OptionalText(json, "created")),
            Author = OciJson.OptionalText(json, "author"),
            User = OciJson.OptionalText(config, "User"),
            Environment = OciJson.Texts(config["Env"]),
            Entrypoint = OciJson.Texts(config["Entrypoint"]),
            Command = OciJson.Texts(config["Cmd"]),
            WorkingDirectory = OciJson.OptionalText(config, "WorkingDir"),
            StopSignal = OciJson.OptionalText(config, "StopSignal"),
            ExposedPorts = [.. (config["ExposedPorts"] as JsonObject ?? []).Select(port => port.Key)],
            Labels = OciJson.Strings(config["Labels"]),
            DiffIds = [.. OciJson.Texts(rootfs["diff_ids"]).Select(ReadDiffId)],
            History = [.. OciJson.Array(json, "history").Select(HistoryEntry.Read)],
        };
    }

    /// <summary>Writes the configuration.</summary>
    /// <returns>The bytes, the same for the same configuration.</returns>
    public byte[] Write()
    {
        var json = Platform.ToJson();
        json["created"] = OciJson.Time(Created);
        if (Author is not null)
        {
            json["author"] = Author;
        }

        json["config"] = WriteRunConfig();
        json["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = Array(DiffIds.Select(diffId => diffId.ToString())),
        };
        json["history"] = new JsonArray([.. History.Select(entry => entry.ToJson())]);
        return CanonicalJson.WriteCompact(json);
    }

    /// <summary>Writes the part that says how the image is run: the specification's <c>config</c>.</summary>
    /// <returns>The bytes.</returns>
    public byte[] WriteSettings() => CanonicalJson.WriteCompact(WriteRunConfig());

    internal static long ReadTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : 0;

    private static Sha256Digest ReadDiffId(string text) =>
        Sha256Digest.TryParse(text, out var digest) ? digest : throw new InvalidDataException($"'{text}' is not a diff ID.");

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private JsonObject WriteRunConfig()
    {
        var config = new JsonObject();
        AddText(config, "User", User);
        AddTexts(config, "Env", Environment);
        AddTexts(config, "Entrypoint", Entrypoint);
        AddTexts(config, "Cmd", Command);
        AddText(config, "WorkingDir", WorkingDirectory);
        AddText(config, "StopSignal", StopSignal);
        if (ExposedPorts.Count > 0)
        {
            config["ExposedPorts"] = new JsonObject(ExposedPorts.Select(port => KeyValuePair.Create(port, (JsonNode?)new JsonObject())));
        }

        OciJson.AddStrings(config, "Labels", Labels);
        return config;
    }

    private static void AddText(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json[name] = text;
        }
    }

    private static void AddTexts(JsonObject json, string name, ImmutableArray<string> texts)
    {
        if (texts.Length > 0)
        {
            json[name] = Array(texts);
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Compose.Definition;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Libraries;

/// <summary>
/// An overlay as a library carries it. NuGet packages keep no permissions, links or empty folders, so a list says what there is,
/// and the content of files lies beside it under the name of its digest.
/// </summary>
public sealed record OverlayManifest
{
    /// <summary>What the names of such lists end in.</summary>
    public const string Extension = ".overlay.json";

    private const string FilesFolder = "files";
    private const long MaxManifestSize = 64L << 20;

    /// <summary>The version of this record's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What the overlay lays over an image, sorted by path.</summary>
    public required ImmutableArray<OverlayManifestEntry> Entries { get; init; }

    /// <summary>Writes an overlay into a library.</summary>
    /// <param name="entries">What it lays over an image.</param>
    /// <param name="projectFolder">The folder that the entries' files are relative to.</param>
    /// <param name="path">The list's path; files go into a folder beside it.</param>
    public static void Write(ImmutableArray<OverlayEntry> entries, string projectFolder, string path)
    {
        var files = Path.Combine(Path.GetDirectoryName(path)!, FilesFolder);
        Directory.CreateDirectory(files);
        foreach (var file in entries.Select(entry => entry.File).OfType<SourceFile>())
        {
            var target = Path.Combine(files, Sha256Digest.Parse(file.Digest).Hex);
            if (!File.Exists(target))
            {
                using var from = file.Open(projectFolder).OpenRead();
                using var to = File.Create(target);
                from.CopyTo(to);
            }
        }

        var manifest = new OverlayManifest { Entries = [.. entries.Select(OverlayManifestEntry.Of)] };
        File.WriteAllBytes(path, CanonicalJson.Write(manifest, LibraryJsonContext.Default.OverlayManifest));
    }

    /// <summary>Reads an overlay of a library.</summary>
    /// <param name="path">The list's path.</param>
    /// <returns>What it lays over an image.</returns>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static ImmutableArray<OverlayEntry> Read(string path)
    {
        if (new FileInfo(path).Length > MaxManifestSize)
        {
            throw new InvalidDataException("It is too large.");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), LibraryJsonContext.Default.OverlayManifest);
            return manifest is { Version: 1, Entries.IsDefault: false }
                ? [.. manifest.Entries.Select(entry => (entry ?? throw new InvalidDataException("It has an entry that is null.")).ToEntry(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, FilesFolder)))]
                : throw new InvalidDataException("It is not of version 1.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}

/// <summary>One thing that an overlay lays over an image.</summary>
/// <param name="Path">Its canonical path in the image.</param>
/// <param name="Type">What it is.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Owner">The owner's name or number.</param>
/// <param name="Group">The group's name or number.</param>
public sealed record OverlayManifestEntry(string Path, FileType Type, int Mode, string Owner, string Group)
{
    private const int AllPermissions = 0b111_111_111_111;

    /// <summary>The size of a file in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>The digest of a file's content, as <c>sha256:</c> and hexadecimal digits.</summary>
    public string? Digest { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? Target { get; init; }

    internal static OverlayManifestEntry Of(OverlayEntry entry) => new(entry.Path, entry.Type, entry.Mode, entry.Owner, entry.Group)
    {
        Size = entry.File?.Size,
        Digest = entry.File?.Digest,
        Target = entry.LinkTarget,
    };

    internal OverlayEntry ToEntry(string files)
    {
        var sound = Path is not null && ImagePath.TryNormalize(Path, out var path) && path == Path && (Mode & ~AllPermissions) == 0 && Owner is not null && Group is not null
            && Type switch
            {
                FileType.Directory => true,
                FileType.SymbolicLink => !string.IsNullOrEmpty(Target),
                FileType.Regular => Size >= 0 && Sha256Digest.TryParse(Digest ?? "", out _),
                _ => false,
            };
        return sound
            ? new OverlayEntry(Path!, Type, Mode)
            {
                File = Type == FileType.Regular ? new SourceFile(System.IO.Path.Combine(files, Sha256Digest.Parse(Digest!).Hex), Size!.Value, Digest!) : null,
                LinkTarget = Type == FileType.SymbolicLink ? Target : null,
                Owner = Owner!,
                Group = Group!,
            }
            : throw new InvalidDataException($"Its entry '{Path}' makes no sense.");
    }
}

/// <summary>How libraries' files are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OverlayManifest))]
[JsonSerializable(typeof(LibraryContent))]
internal sealed partial class LibraryJsonContext : JsonSerializerContext;

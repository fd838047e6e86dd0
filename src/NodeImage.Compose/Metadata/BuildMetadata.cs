using System.Text.Json.Nodes;
using NodeImage.Compose.Engines;
using NodeImage.Core.Digests;
using NodeImage.Core.Json;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Metadata;

/// <summary>A file that a build left.</summary>
/// <param name="Path">Where it is, relative to the folder of the metadata.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record BuildArtifact(string Path, Sha256Digest Digest, long Size)
{
    /// <summary>Describes a file.</summary>
    /// <param name="file">The file's full path.</param>
    /// <param name="folder">The folder of the metadata.</param>
    /// <returns>The file as metadata names it.</returns>
    public static BuildArtifact Of(string file, string folder) =>
        new(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), Sha256Digest.OfFile(file), new FileInfo(file).Length);
}

/// <summary>
/// What coreos-assembler's tools know a build by, <c>meta.json</c> (its <c>src/v1.json</c>), with what <c>cosa import</c> writes
/// of an image that was built elsewhere.
/// </summary>
public static class BuildMetadata
{
    /// <summary>Writes it.</summary>
    /// <param name="image">The image, which a machine can boot.</param>
    /// <param name="archive">The image as an OCI archive, or null where there is none: then no files are told of at all, for an
    /// archive is the least that the format wants.</param>
    /// <param name="manifest">The image's manifest as a file.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Write(OciImage image, BuildArtifact? archive, BuildArtifact manifest)
    {
        var labels = image.Config.Labels;
        var version = labels.GetValueOrDefault(LabelNames.Version, "");
        var time = CommonLabels.Time(image.Config.Created);
        var meta = new JsonObject
        {
            ["buildid"] = version,
            ["name"] = labels.GetValueOrDefault(LabelNames.OSName) ?? labels.GetValueOrDefault(LabelNames.Title, ""),

            // No commit is made here. Whoever imports the image makes one; until then the manifest's digest tells one image from another.
            ["ostree-commit"] = image.Digest.Hex,
            ["ostree-version"] = version,
            ["ostree-timestamp"] = time,
            ["coreos-assembler.basearch"] = Architectures.FromGo(image.Config.Platform.Architecture),
            ["coreos-assembler.build-timestamp"] = time,
            ["coreos-assembler.oci-imported"] = true,
            ["coreos-assembler.oci-imported-labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        };
        if (labels.TryGetValue(LabelNames.Source, out var source) && labels.TryGetValue(LabelNames.Revision, out var revision))
        {
            meta["coreos-assembler.container-config-git"] = new JsonObject { ["origin"] = source, ["commit"] = revision };
        }

        if (labels.GetValueOrDefault(LabelNames.Description) is { Length: > 0 } description)
        {
            meta["summary"] = description;
        }

        if (archive is not null)
        {
            meta["images"] = new JsonObject { ["ostree"] = Describe(archive), ["oci-manifest"] = Describe(manifest) };
        }

        return CanonicalJson.Write(meta);
    }

    private static JsonObject Describe(BuildArtifact artifact) => new()
    {
        ["path"] = artifact.Path,
        ["sha256"] = artifact.Digest.Hex,
        ["size"] = artifact.Size,
        ["skip-compression"] = true,
    };
}

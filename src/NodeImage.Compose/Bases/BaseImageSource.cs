using System.Globalization;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Oci.Layouts;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Compose.Bases;

/// <summary>Where a base that is no project comes from: what <c>ContainerBaseImage</c> names.</summary>
public abstract record BaseImageSource
{
    /// <summary>The property, for diagnostics.</summary>
    public const string Property = "ContainerBaseImage";

    private static readonly string[] ArchiveExtensions = [".tar", ".ociarchive", ".oci-archive", ".gz", ".tgz"];

    private protected BaseImageSource(ItemReference subject) => Subject = subject;

    /// <summary>The property's place, for diagnostics.</summary>
    public ItemReference Subject { get; }

    /// <summary>Tells whether the source may have changed since, at the cost of a look.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Reads the property. What lies on disk comes before what a registry may have; a registry must be named, so that a
    /// folder which is missing is not looked for on Docker Hub.</summary>
    /// <param name="text">Its value.</param>
    /// <param name="projectFolder">The folder that relative paths start from.</param>
    /// <returns>The source.</returns>
    /// <exception cref="DiagnosticException">NI1015: it names nothing; NI5104, NI5105: it is no name of an image.</exception>
    public static BaseImageSource Parse(string text, string projectFolder)
    {
        var subject = new ItemReference(Property, text);
        var path = Path.GetFullPath(text, projectFolder);
        if (Directory.Exists(path))
        {
            return File.Exists(Path.Combine(path, OciLayout.IndexFile))
                ? new LayoutBase(path, subject)
                : throw BaseDiagnostics.NotFound.Error(subject, text, "that folder has no OCI image layout.");
        }

        if (File.Exists(path))
        {
            return new ArchiveBase(path, subject);
        }

        return NamesRegistry(text)
            ? new RegistryBase(ImageReference.Parse(text, subject), subject)
            : throw BaseDiagnostics.NotFound.Error(subject, text, "there is no such file or folder, and it names no registry.");
    }

    private static bool NamesRegistry(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && text[0] is not '.' and not '~'
            && !text.Contains('\\', StringComparison.Ordinal)
            && !ArchiveExtensions.Any(extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            && (text.AsSpan(0, slash) is "localhost" || text.AsSpan(0, slash).ContainsAny('.', ':', '['));
    }
}

/// <summary>A folder with an image layout.</summary>
public sealed record LayoutBase : BaseImageSource
{
    internal LayoutBase(string folder, ItemReference subject)
        : base(subject) => Folder = folder;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public override string Fingerprint => $"{Folder} {Sha256Digest.OfFile(Path.Combine(Folder, OciLayout.IndexFile))}";
}

/// <summary>An archive with an image layout.</summary>
public sealed record ArchiveBase : BaseImageSource
{
    internal ArchiveBase(string file, ItemReference subject)
        : base(subject) => File = file;

    /// <summary>The archive.</summary>
    public string File { get; }

    /// <inheritdoc/>
    public override string Fingerprint
    {
        get
        {
            // Gigabytes are not digested for a look; whoever writes another archive leaves another time.
            var file = new FileInfo(File);
            return string.Create(CultureInfo.InvariantCulture, $"{File} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        }
    }
}

/// <summary>An image in a registry.</summary>
public sealed record RegistryBase : BaseImageSource
{
    internal RegistryBase(ImageReference reference, ItemReference subject)
        : base(subject) => Reference = reference;

    /// <summary>The image's name.</summary>
    public ImageReference Reference { get; }

    /// <inheritdoc/>
    public override string Fingerprint => Reference.ToString();
}

using Microsoft.Build.Framework;
using NodeImage.Compose.Libraries;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>Writes the file by which an overlay library's package gives images its items.</summary>
public sealed class WriteLibraryProps : ImageTask
{
    /// <summary>The package's name.</summary>
    [Required]
    public string PackageId { get; set; } = "";

    /// <summary>The package's version.</summary>
    [Required]
    public string PackageVersion { get; set; } = "";

    /// <summary>What <see cref="WriteOverlayLibrary"/> wrote for each target framework.</summary>
    [Required]
    public string[] ContentFiles { get; set; } = [];

    /// <summary>Where the file goes.</summary>
    [Required]
    public string PropsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run() =>
        AtomicFile.WriteWhenDifferent(PropsFile, LibraryProps.Write(PackageId, PackageVersion, [.. ContentFiles.Select(file => LibraryContent.Read(File.ReadAllBytes(file)))]));
}

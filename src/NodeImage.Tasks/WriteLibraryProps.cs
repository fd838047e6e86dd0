using Microsoft.Build.Framework;
using NodeImage.Compose.Libraries;
using NodeImage.Core.Diagnostics;
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

    /// <summary><c>ProjectReference</c> items, which a package cannot bring.</summary>
    public string[] References { get; set; } = [];

    /// <summary>Where the file goes.</summary>
    [Required]
    public string PropsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        if (References.Length > 0)
        {
            throw new DiagnosticException([.. References.Select(reference => TaskDiagnostics.ProjectInPackage.At(new ItemReference("ProjectReference", reference), reference))]);
        }

        AtomicFile.WriteWhenDifferent(PropsFile, LibraryProps.Write(PackageId, PackageVersion, [.. ContentFiles.Select(file => LibraryContent.Read(File.ReadAllBytes(file)))]));
    }
}

using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Restoring;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layouts;

namespace NodeImage.Tasks;

/// <summary>Finds the base of a layered image.</summary>
internal static class BaseReader
{
    /// <summary>Opens a base's image.</summary>
    /// <returns>The image, or null where a base image is made, which stands on nothing.</returns>
    /// <exception cref="DiagnosticException">A base is missing, or there is one where there must be none.</exception>
    public static OciImage? Open(ImageDefinition definition, string? layout)
    {
        if (string.IsNullOrEmpty(layout))
        {
            return definition.Kind == ImageKind.Layered ? throw TaskDiagnostics.NoBase.Error(null) : null;
        }

        return definition.Kind == ImageKind.Base
            ? throw TaskDiagnostics.BaseOfBase.Error(null)
            : OciLayout.Open(layout).ReadImage(new Platform(Architectures.ToGo(definition.Architecture)));
    }

    /// <summary>Finds out which packages a base has: from its project's lock where it is a project, else from its image.</summary>
    public static BasePackages? ReadPackages(ImageDefinition definition, ContentCache cache, string? layout, string? lockFile, string? baseDefinitionFile, string scratch, CancellationToken cancellation)
    {
        if (definition.Kind == ImageKind.Base)
        {
            return null;
        }

        if (!string.IsNullOrEmpty(lockFile) && !string.IsNullOrEmpty(baseDefinitionFile))
        {
            var below = DefinitionJson.Read(File.ReadAllBytes(baseDefinitionFile));
            return BasePackages.FromLock(lockFile, below, cache);
        }

        return BasePackages.FromImage(Open(definition, layout)!, cache, scratch, cancellation);
    }
}

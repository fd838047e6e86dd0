using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
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
        Check(definition, layout);
        return string.IsNullOrEmpty(layout) ? null : OciLayout.Open(layout).ReadImage(new Platform(Architectures.ToGo(definition.Architecture)));
    }

    /// <summary>Sees to it that an image has a base where, and only where, its kind wants one.</summary>
    /// <exception cref="DiagnosticException">A base is missing, or there is one where there must be none.</exception>
    public static void Check(ImageDefinition definition, string? layout)
    {
        var isThere = !string.IsNullOrEmpty(layout);
        if (definition.Kind == ImageKind.Base == isThere)
        {
            throw isThere ? TaskDiagnostics.BaseOfBase.Error(null) : NoBase(definition).Error(null);
        }
    }

    /// <summary>What is said where an image lacks what it stands on, or is made to fit.</summary>
    public static DiagnosticDescriptor NoBase(ImageDefinition definition) =>
        definition.Kind == ImageKind.Extensions ? ExtensionItemDiagnostics.NoNode : TaskDiagnostics.NoBase;

    /// <summary>Sees to it that a base is of the image's own release.</summary>
    /// <param name="definition">The image.</param>
    /// <param name="targetFramework">The base's target framework.</param>
    /// <param name="allowOlder">Whether an older minor release will do.</param>
    /// <exception cref="DiagnosticException">It is of another.</exception>
    public static void CheckRelease(ImageDefinition definition, string targetFramework, bool allowOlder)
    {
        if (definition.TargetFramework == targetFramework)
        {
            return;
        }

        var fits = allowOlder
            && OSRelease.TryParse(definition.TargetFramework, out var own)
            && OSRelease.TryParse(targetFramework, out var below)
            && own.Family == below.Family && own.Major == below.Major && below.Minor <= own.Minor;
        if (!fits)
        {
            throw TaskDiagnostics.BaseOfOtherRelease.Error(null, targetFramework, definition.TargetFramework);
        }
    }

    /// <summary>Sees to it that a base that is an image is of the image's own release; one that does not tell its release is taken as it is.</summary>
    /// <param name="definition">The image.</param>
    /// <param name="release">What the base's <c>os-release(5)</c> tells.</param>
    /// <param name="allowOlder">Whether an older minor release will do.</param>
    /// <exception cref="DiagnosticException">It is of another.</exception>
    public static void CheckRelease(ImageDefinition definition, BaseRelease? release, bool allowOlder)
    {
        if (release?.TargetFramework(definition.TargetFramework) is { } targetFramework)
        {
            CheckRelease(definition, targetFramework, allowOlder);
        }
    }
}

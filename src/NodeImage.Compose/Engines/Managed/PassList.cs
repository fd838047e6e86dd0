using NodeImage.Compose.Metadata;
using NodeImage.Compose.Passes;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>The rules of the image, in the order in which they are carried out.</summary>
internal static class PassList
{
    /// <summary>The project's own content, put over the packages'.</summary>
    public static IReadOnlyList<IComposePass> Content { get; } =
    [
        new OverlayPass(files: false),
        new UnitPass(),
        new DefaultTargetPass(),
        new KernelArgumentsPass(),
        new OSReleasePass(),
        new RemovedFilesPass(),
        new OverlayPass(files: true),
        new LabelsFilePass(),
        new ContentManifestPass(),
        new DeclaredMembersPass(),
    ];

    /// <summary>What makes accounts complete; carried out as often as something may have asked for some.</summary>
    public static IReadOnlyList<IComposePass> Accounts { get; } =
    [
        new MembershipPass(),
        new WriteAccountsPass(),
    ];

    /// <summary>The shape of a bootable image.</summary>
    public static IReadOnlyList<IComposePass> Layout { get; } =
    [
        new BootableImagePass(),
        new RpmDatabaseLocationPass(),
        new TopLevelLayoutPass(),
        new VarContentPass(),
        new ReservedNamesPass(),
        new ResolveOwnersPass(),
    ];
}

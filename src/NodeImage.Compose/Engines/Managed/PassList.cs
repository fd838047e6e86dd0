using NodeImage.Compose.Passes;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>The rules of the image, in the order in which they are carried out.</summary>
internal static class PassList
{
    /// <summary>What follows the installation of packages.</summary>
    public static IReadOnlyList<IComposePass> AfterPackages { get; } =
    [
        new OverlayPass(),
        new UnitPass(),
        new KernelArgumentsPass(),
        new OSReleasePass(),
        new MembershipPass(),
        new WriteAccountsPass(),
        new BootableImagePass(),
        new RpmDatabaseLocationPass(),
        new TopLevelLayoutPass(),
        new VarContentPass(),
        new ResolveOwnersPass(),
    ];
}

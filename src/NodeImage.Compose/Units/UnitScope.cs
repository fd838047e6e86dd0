using System.Globalization;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Units;

/// <summary>Whose manager a unit belongs to.</summary>
public enum UnitScope
{
    /// <summary>The system's.</summary>
    System,

    /// <summary>Each user's own.</summary>
    User,
}

/// <summary>Where the units of a scope are.</summary>
internal static class UnitFolders
{
    private const string PrivateLibrary = "libsystemd-shared-";

    /// <summary>Where packages and the image put units.</summary>
    public static string Vendor(UnitScope scope) => scope == UnitScope.System ? "/usr/lib/systemd/system" : "/usr/lib/systemd/user";

    /// <summary>
    /// The vendor's folder as systemctl spells it in links. Debian built systemd for a root without <c>/usr</c> up to version
    /// 254, and it names the system's units so; the name of its private library tells.
    /// </summary>
    /// <param name="tree">The image.</param>
    /// <param name="scope">Whose manager it belongs to.</param>
    public static string VendorAsLinked(FileTree tree, UnitScope scope) =>
        scope == UnitScope.System && (tree.Resolve("/usr/lib")?.Children ?? []).Where(folder => folder.Name.Contains("-linux-gnu", StringComparison.Ordinal)).Any(folder => IsForSplitRoot(tree, folder))
            ? "/lib/systemd/system"
            : Vendor(scope);

    private static bool IsForSplitRoot(FileTree tree, FileNode folder) => (tree.Resolve(folder.Path + "/systemd")?.Children ?? []).Any(node =>
        node.Name.StartsWith(PrivateLibrary, StringComparison.Ordinal) && int.TryParse(node.Name[PrivateLibrary.Length..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version < 255);

    /// <summary>Where a machine's own settings are, which hide the vendor's.</summary>
    public static string Machine(UnitScope scope) => scope == UnitScope.System ? "/etc/systemd/system" : "/etc/systemd/user";

    /// <summary>Where units are looked for, the strongest first: <c>systemd.unit(5)</c>.</summary>
    public static string[] SearchPath(UnitScope scope) => [Machine(scope), Vendor(scope)];

    /// <summary>Where presets are, the strongest first: <c>systemd.preset(5)</c>.</summary>
    public static string[] Presets(UnitScope scope)
    {
        var kind = scope == UnitScope.System ? "system-preset" : "user-preset";
        return [$"/etc/systemd/{kind}", $"/usr/lib/systemd/{kind}"];
    }
}

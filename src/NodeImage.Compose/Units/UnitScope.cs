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
    /// <summary>Where packages and the image put units.</summary>
    public static string Vendor(UnitScope scope) => scope == UnitScope.System ? "/usr/lib/systemd/system" : "/usr/lib/systemd/user";

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

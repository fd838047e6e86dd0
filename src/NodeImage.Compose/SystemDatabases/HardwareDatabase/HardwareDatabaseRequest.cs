namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>Which hardware database is asked for.</summary>
/// <param name="InUsr">Whether it is the vendor's, rather than the machine's.</param>
/// <param name="HasSources">Whether it tells where properties come from, as <c>systemd-hwdb</c> has it and <c>udevadm</c> has not.</param>
internal readonly record struct HardwareDatabaseRequest(bool InUsr, bool HasSources);

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>
/// Programs that speak to a running system, to its security labels or to its boot loader: in an image that is being
/// made they have nobody to speak to, and labels are set when it is deployed.
/// </summary>
internal sealed class RunningSystemCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } =
    [
        "restorecon", "fixfiles", "selinuxenabled", "killall", "pkill", "dbus-send", "service", "chkconfig", "sync", "sleep",
        "sysctl", "systemd-sysctl", "modprobe", "kernel-install", "weak-modules", "telinit", "journalctl",
    ];

    // "selinuxenabled" says no, as it does in any chroot; the others have nothing to do and succeed.
    public int Run(CommandCall call) => call.Name.EndsWith("selinuxenabled", StringComparison.Ordinal) ? 1 : 0;
}

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>
/// <c>systemd-tmpfiles(8)</c>: what it makes in <c>/run</c>, <c>/tmp</c> and <c>/var</c> is made anew on every machine
/// when it boots, and has no place in an image.
/// </summary>
internal sealed class SystemdTmpfilesCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemd-tmpfiles"];

    public int Run(CommandCall call) => 0;
}

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>
/// <c>systemd-machine-id-setup(1)</c>: would write one ID into an image that many machines are made from. It does nothing
/// here, and each machine makes its own when it first boots: <c>machine-id(5)</c>, "Initialization".
/// </summary>
internal sealed class SystemdMachineIdSetupCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["systemd-machine-id-setup"];

    public int Run(CommandCall call) => 0;
}

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary><c>depmod(8)</c>: asks for the indexes of a kernel's modules.</summary>
internal sealed class DepmodCommand : IScriptletCommand
{
    public IReadOnlyList<string> Names { get; } = ["depmod"];

    public int Run(CommandCall call)
    {
        var options = CommandLineOptions.Parse(call, ["a=all", "A=quick"], ["F=filesyms"]);
        if (options.Operands is not [var kernelRelease])
        {
            // Without a release it is the running kernel's, and none runs here.
            throw call.Unsupported(string.Join(' ', options.Operands));
        }

        call.Machine.RequestModuleIndex(kernelRelease);
        return 0;
    }
}

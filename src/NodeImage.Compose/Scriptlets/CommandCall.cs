using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets;

/// <summary>A command that a scriptlet runs.</summary>
/// <param name="Machine">The image.</param>
/// <param name="State">The shell that runs it.</param>
/// <param name="Name">The command as it was written.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Streams">Its input and outputs.</param>
internal sealed record CommandCall(ScriptletMachine Machine, ShellState State, string Name, List<string> Arguments, ShellStreams Streams)
{
    /// <summary>The program's file, or null where the shell has the command itself.</summary>
    public FileNode? Program { get; init; }

    /// <summary>The image's files.</summary>
    public FileTree Tree => Machine.Tree;

    /// <summary>Makes an argument that is a path canonical.</summary>
    public string Path(string argument) => ScriptletMachine.Absolute(State.WorkingFolder, argument);

    /// <summary>Says what went wrong, as the program would.</summary>
    /// <returns>The exit status given.</returns>
    public int Fail(int status, string message)
    {
        Streams.Error.WriteLine($"{ImagePath.Name(Name)}: {message}");
        return status;
    }

    /// <summary>Gives the script up to the image's own shell, because an option is not understood here.</summary>
    public UnsupportedScriptException Unsupported(string argument) => new($"'{argument}' of the command '{ImagePath.Name(Name)}'");
}

/// <summary>A program of the image whose work is done here. Adding one means adding a file beside its siblings, and a line in <see cref="CommandCatalogue"/>.</summary>
internal interface IScriptletCommand
{
    /// <summary>The names that it goes by, without folders.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Whether an image that has a script under the name has that script run, rather than this; the program itself is then
    /// likely to be below <c>/usr/libexec</c>, and is this one there as well.
    /// </summary>
    bool LeavesScripts => false;

    /// <summary>Does the work.</summary>
    /// <returns>The exit status that the program would give.</returns>
    /// <exception cref="UnsupportedScriptException">An option or a situation is not understood.</exception>
    int Run(CommandCall call);
}

using NodeImage.Compose.Scriptlets.Commands;

namespace NodeImage.Compose.Scriptlets;

/// <summary>The programs whose work is done here.</summary>
internal sealed class CommandCatalogue
{
    private readonly Dictionary<string, IScriptletCommand> _builtins;
    private readonly Dictionary<string, IScriptletCommand> _programs;

    public CommandCatalogue(IEnumerable<IScriptletCommand> builtins, IEnumerable<IScriptletCommand> programs)
    {
        _builtins = Index(builtins);
        _programs = Index(programs);
    }

    /// <summary>Everything that is known.</summary>
    public static CommandCatalogue Default { get; } = new(
        [
            new EchoCommand(),
            new PrintfCommand(),
            new TestCommand(),
            new TrueCommand(),
        ],
        [
            new AlternativesCommand(),
            new CatCommand(),
            new ChmodCommand(),
            new ChownCommand(),
            new CopyCommand(),
            new DepmodCommand(),
            new FindCommand(),
            new GetentCommand(),
            new GrepCommand(),
            new GroupaddCommand(),
            new IdCommand(),
            new InstallInfoCommand(),
            new LdconfigCommand(),
            new LinkCommand(),
            new MkdirCommand(),
            new MoveCommand(),
            new RemoveCommand(),
            new RunningSystemCommand(),
            new SedCommand(),
            new SortCommand(),
            new SystemctlCommand(),
            new SystemdHwdbCommand(),
            new SystemdMachineIdSetupCommand(),
            new SystemdSysusersCommand(),
            new SystemdTmpfilesCommand(),
            new SystemdUpdateHelperCommand(),
            new TouchCommand(),
            new UdevadmCommand(),
            new UseraddCommand(),
            new UsermodCommand(),
        ]);

    /// <summary>Finds a command that every shell has.</summary>
    public IScriptletCommand? FindBuiltin(string name) => _builtins.GetValueOrDefault(name);

    /// <summary>Finds a program by its name without folders.</summary>
    public IScriptletCommand? FindProgram(string name) => _programs.GetValueOrDefault(name);

    private static Dictionary<string, IScriptletCommand> Index(IEnumerable<IScriptletCommand> commands) => commands
        .SelectMany(command => command.Names.Select(name => (name, command)))
        .ToDictionary(pair => pair.name, pair => pair.command, StringComparer.Ordinal);
}

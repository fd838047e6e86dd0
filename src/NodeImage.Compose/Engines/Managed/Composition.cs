using NodeImage.Compose.Accounts;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Sandboxes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Cache;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>Puts an image's tree together: packages first, then the project's own content, then the rules of the image.</summary>
internal sealed class Composition
{
    private readonly ComposeRequest _request;
    private readonly ComposeInputs _inputs;
    private readonly ComposeContext _context;
    private readonly ContentCache _cache;
    private readonly CancellationToken _cancellation;

    public Composition(ComposeRequest request, ComposeInputs inputs, ImageVersion version, ContentCache cache, CancellationToken cancellation)
    {
        _request = request;
        _inputs = inputs;
        _cache = cache;
        _cancellation = cancellation;
        var tree = inputs.Base?.Clone() ?? new FileTree();
        _context = new ComposeContext
        {
            Definition = request.Definition,
            ProjectFolder = request.ProjectFolder,
            Machine = new ScriptletMachine(tree, new AccountDatabase(tree), version.Time),
            Base = inputs.Base,
            Version = version.Version,
            Report = request.Report,
        };
    }

    /// <summary>Puts the tree together.</summary>
    public ComposedTree Run()
    {
        using var sandbox = MakeSandbox();
        var selection = new FileSelection(_request.Definition.PackageOptions);
        Apply([new DeclaredAccountsPass()]);
        InstallPackages(selection, sandbox);
        Apply(PassList.Content);
        Apply([new PostProcessPass(sandbox)]);
        BringUpToDate();
        Apply(PassList.Layout);
        Apply([new InitramfsPass(sandbox, _cache, _request.Progress)]);
        var database = InstalledDatabase.Make(_inputs.BaseDatabase, _inputs.Install, Removed(), selection, _context.Time);
        InstalledDatabase.Put(database, _context, _request.ScratchFolder);
        return new ComposedTree(_context.Tree, _inputs.Base is null ? new HashSet<FileNode>() : new HashSet<FileNode> { PackageList.Put(_context, database) });
    }

    private void Apply(IReadOnlyList<IComposePass> passes)
    {
        foreach (var pass in passes)
        {
            _cancellation.ThrowIfCancellationRequested();
            pass.Apply(_context);
        }
    }

    // What scriptlets have asked for is done together, when somebody is about to look.
    private void BringUpToDate() => Apply(PassList.Accounts);

    private ISandbox MakeSandbox() => _request.Sandbox is { } options
        ? new LinuxSandbox(options, _context.Machine, BringUpToDate, _request.ScratchFolder, _cancellation)
        : new NoSandbox("no sandbox was asked for");

    private HashSet<string> Removed() => _request.Lock.Removed.ToHashSet(StringComparer.Ordinal);

    private void InstallPackages(FileSelection selection, ISandbox sandbox)
    {
        var removed = Removed();
        var present = _inputs.BaseDatabase.Packages.Where(package => !package.IsPublicKey).Select(package => package.Info).ToList();
        var installer = new PackageInstaller(_context.Tree, selection, new BaseOwners(present, removed));
        var scriptlets = new ScriptletRunner(_context.Machine, CommandCatalogue.Default, sandbox, _request.Definition.PackageOptions.Scriptlets, _request.Report);
        new PackageTransaction(installer, scriptlets, _context.Tree, present)
            .Run(_inputs.Install, [.. present.Where(package => removed.Contains(package.Nevra.ToString()))], _cancellation);
    }
}

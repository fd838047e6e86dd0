using NodeImage.Compose.Accounts;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Lints;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Sandboxes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.SystemDatabases;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Cache;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>Puts an image's tree together: packages first, then the project's own content, then the rules of the image.</summary>
internal sealed class Composition : IDisposable
{
    private readonly ComposeRequest _request;
    private readonly ComposeInputs _inputs;
    private readonly ComposeContext _context;
    private readonly ContentCache _cache;
    private readonly CancellationToken _cancellation;
    private readonly FileSelection _selection;
    private readonly SystemDatabaseUpdater _databases;
    private readonly ISandbox _sandbox;

    public Composition(ComposeRequest request, ComposeInputs inputs, ImageVersion version, IContentFacts facts, ContentCache cache, CancellationToken cancellation)
    {
        _request = request;
        _inputs = inputs;
        _cache = cache;
        _cancellation = cancellation;
        _selection = new FileSelection(request.Definition.PackageOptions, request.Definition.Tree.FileRemovals);
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
        _databases = new SystemDatabaseUpdater(_context.Machine, facts, request.Report);
        _sandbox = request.Sandbox is { } options
            ? new LinuxSandbox(options, request.Definition.Architecture, _context.Machine, BringUpToDate, request.ScratchFolder, cancellation)
            : new NoSandbox("no sandbox was asked for");
    }

    /// <summary>The tree as far as it is.</summary>
    public FileTree Tree => _context.Tree;

    /// <summary>Installs packages and the project's content, and gives the tree its shape. What packages bring is final then.</summary>
    public void InstallPackages()
    {
        Apply([new FieldUsePass(), new PinnedAccountsPass(), new DeclaredAccountsPass()]);
        RunTransaction();
        Apply([new MachineFoldersPass()]);
        Apply(PassList.Content);
        Apply([new PostProcessPass(_sandbox)]);
        Apply(PassList.Accounts);
        Apply([new PinnedAccountsCheck()]);
        Apply(PassList.Layout);
    }

    /// <summary>Makes what is made of the whole: the system's databases, the initramfs, the rpm database.</summary>
    public ComposedTree Finish()
    {
        _request.Progress?.Invoke("Bringing the system's databases up to date");
        Apply([new ModuleIndexPass()]);
        _databases.Update(_cancellation);
        Apply([new InitramfsPass(_sandbox, _cache, _request.Progress)]);
        var database = InstalledDatabase.Make(_inputs.BaseDatabase, _inputs.Install, Removed(), _selection, _context.Time);
        InstalledDatabase.Put(database, _context, _request.ScratchFolder);
        _request.Progress?.Invoke("Checking the image");
        LintList.Check(_context);
        return new ComposedTree(_context.Tree, _inputs.Base is null ? new HashSet<FileNode>() : new HashSet<FileNode> { PackageList.Put(_context, database) });
    }

    /// <inheritdoc/>
    public void Dispose() => _sandbox.Dispose();

    private void Apply(IReadOnlyList<IComposePass> passes)
    {
        foreach (var pass in passes)
        {
            _cancellation.ThrowIfCancellationRequested();
            pass.Apply(_context);
        }
    }

    // What scriptlets have asked for is done when somebody is about to look.
    private void BringUpToDate()
    {
        Apply(PassList.Accounts);
        _databases.Update(_cancellation);
    }

    private HashSet<string> Removed() => _request.Lock.Removed.ToHashSet(StringComparer.Ordinal);

    private void RunTransaction()
    {
        var removed = Removed();
        var present = _inputs.BaseDatabase.Packages.Where(package => !package.IsPublicKey).Select(package => package.Info).ToList();
        var installer = new PackageInstaller(_context.Tree, _selection, new BaseOwners(present, removed));
        var scriptlets = new ScriptletRunner(_context.Machine, CommandCatalogue.Default, _sandbox, _request.Definition.PackageOptions.Scriptlets, _request.Report);
        var transaction = new PackageTransaction(installer, scriptlets, _context.Tree, present);

        // A transaction goes step by step; what it will look into is decoded beside it.
        SideWork.Run(
            () => transaction.Run(_inputs.Install, [.. present.Where(package => removed.Contains(package.Nevra.ToString()))], _cancellation),
            () => Anticipate(_inputs.Install));
    }

    private void Anticipate(IReadOnlyList<InstallablePackage> packages)
    {
        foreach (var package in packages)
        {
            _cancellation.ThrowIfCancellationRequested();
            package.Archive.Anticipate();
        }
    }
}

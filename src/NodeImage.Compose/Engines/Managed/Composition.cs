using NodeImage.Compose.Accounts;
using NodeImage.Compose.Installing;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>Puts an image's tree together: packages first, then the project's own content, then the rules of the image.</summary>
internal sealed class Composition
{
    private readonly ComposeRequest _request;
    private readonly ComposeInputs _inputs;
    private readonly ComposeContext _context;
    private readonly CancellationToken _cancellation;

    public Composition(ComposeRequest request, ComposeInputs inputs, ImageVersion version, CancellationToken cancellation)
    {
        _request = request;
        _inputs = inputs;
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
        new DeclaredAccountsPass().Apply(_context);
        var selection = new FileSelection(_request.Definition.PackageOptions);
        InstallPackages(selection);
        foreach (var pass in PassList.AfterPackages)
        {
            _cancellation.ThrowIfCancellationRequested();
            pass.Apply(_context);
        }

        var database = InstalledDatabase.Make(_inputs.BaseDatabase, _inputs.Install, Removed(), selection, _context.Time);
        InstalledDatabase.Put(database, _context, _request.ScratchFolder);
        return new ComposedTree(_context.Tree, _inputs.Base is null ? new HashSet<FileNode>() : new HashSet<FileNode> { PackageList.Put(_context, database) });
    }

    private HashSet<string> Removed() => _request.Lock.Removed.ToHashSet(StringComparer.Ordinal);

    private void InstallPackages(FileSelection selection)
    {
        var options = _request.Definition.PackageOptions;
        var removed = Removed();
        var present = _inputs.BaseDatabase.Packages.Where(package => !package.IsPublicKey).Select(package => package.Info).ToList();
        var sandbox = new NoSandbox("no sandbox can be had here");
        var installer = new PackageInstaller(_context.Tree, selection, new BaseOwners(present, removed));
        var scriptlets = new ScriptletRunner(_context.Machine, CommandCatalogue.Default, sandbox, options.Scriptlets, _request.Report);
        new PackageTransaction(installer, scriptlets, _context.Tree, present)
            .Run(_inputs.Install, [.. present.Where(package => removed.Contains(package.Nevra.ToString()))], _cancellation);
    }
}

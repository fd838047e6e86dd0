using NodeImage.Compose.Definition;
using NodeImage.Compose.Layering;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Cache;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Has the image's own dracut make the initramfs. It takes as long as everything else together, so the result is kept
/// by all that it could depend on: the whole tree.
/// </summary>
/// <param name="sandbox">Runs dracut.</param>
/// <param name="cache">Keeps what it makes.</param>
/// <param name="progress">Hears that it runs, or null.</param>
internal sealed class InitramfsPass(ISandbox sandbox, ContentCache cache, Action<string>? progress) : IComposePass
{
    private const string Kind = "initramfs-2";
    private const string DracutModules = "/usr/lib/dracut/modules.d";
    private const int Mode = 0b110_000_000;

    /// <summary>The modules that a system which boots through ostree needs, where the image has them.</summary>
    private static readonly string[] WantedModules = ["ostree", "bootc"];

    public void Apply(ComposeContext context)
    {
        if (context.Definition.Initramfs != InitramfsKind.Dracut)
        {
            return;
        }

        foreach (var kernel in ImageKernels.Of(context.Tree).Where(kernel => IsWanted(context, kernel)))
        {
            Make(context, kernel);
        }
    }

    // A layer that brings no kernel boots with its base's initramfs.
    private static bool IsWanted(ComposeContext context, string kernel) =>
        ImageKernels.IsNew(context, kernel) || context.Base?.Resolve($"{ImageKernels.Modules}/{kernel}/initramfs.img") is null;

    private void Make(ComposeContext context, string kernel)
    {
        string[] arguments = ["/usr/bin/dracut", "--force", "--no-hostonly", "--reproducible", .. Add(context.Tree), .. context.Definition.Tree.InitramfsArguments, "--kver", kernel, $"{ImageKernels.Modules}/{kernel}/initramfs.img"];
        if (context.Tree.Resolve(arguments[0]) is null)
        {
            throw PassDiagnostics.NoDracut.Error(null, kernel);
        }

        var key = TreeFingerprint.Of(context.Tree, string.Join('\0', arguments));
        if (cache.Find(Kind, key) is null)
        {
            if (sandbox.Unavailable is { } obstacle)
            {
                throw PassDiagnostics.InitramfsNeedsSandbox.Error(null, obstacle);
            }

            progress?.Invoke($"Making the initramfs of {kernel} with the image's dracut; this takes a while, and is kept");
            var result = sandbox.Run(new SandboxCommand(arguments, ""));
            if (result.Status != 0 || context.Tree.Find($"{ImageKernels.Modules}/{kernel}/initramfs.img")?.Inode.Content is not { } made)
            {
                throw PassDiagnostics.DracutFailed.Error(null, kernel, result.Status, LastLines(result.Output));
            }

            using var stream = made.OpenRead();
            cache.Add(Kind, key, stream.CopyTo);
        }

        var path = cache.Find(Kind, key)!;
        var content = new DiskContent(path, new FileInfo(path).Length, Sha256Digest.OfFile(path));
        context.Tree.Put($"{ImageKernels.Modules}/{kernel}/initramfs.img", Inode.Regular(content, Mode) with { ModificationTime = context.Time });
    }

    private static IEnumerable<string> Add(FileTree tree)
    {
        var present = (tree.Resolve(DracutModules)?.Children ?? []).Select(node => node.Name.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).ToHashSet(StringComparer.Ordinal);
        return WantedModules.Where(present.Contains).SelectMany(module => (string[])["--add", module]);
    }

    private static string LastLines(string output) => string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5));
}

namespace NodeImage.Compose.Passes;

/// <summary>
/// Empties, when all packages are installed, what the running machine fills or makes for itself. What the project puts
/// there afterwards is not taken away behind its back: lints tell of it.
/// </summary>
internal sealed class MachineFoldersPass : IComposePass
{
    /// <summary>The folders that must exist for the machine to fill, and their permissions. What is in <c>/boot</c> moves before.</summary>
    public static IReadOnlyList<(string Path, int Mode)> Folders { get; } =
    [
        ("/dev", 0b111_101_101),
        ("/proc", 0b101_101_101),
        ("/run", 0b111_101_101),
        ("/sys", 0b101_101_101),
        ("/sysroot", 0b111_101_101),
        ("/tmp", 0b001_111_111_111),
    ];

    // Media are mounted below /run; each machine has an ID of its own, which it makes when it first boots.
    private static readonly string[] Others = ["/media"];
    private static readonly string[] Identities = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    public void Apply(ComposeContext context)
    {
        foreach (var path in Folders.Select(folder => folder.Path).Concat(Others))
        {
            foreach (var child in context.Tree.Find(path)?.Children.ToArray() ?? [])
            {
                context.Tree.Remove(child);
            }
        }

        foreach (var path in Identities)
        {
            context.Tree.Remove(path);
        }
    }
}

namespace NodeImage.Compose.Passes;

/// <summary>Writes the small files that make a tree bootable through ostree and bootc.</summary>
internal sealed class BootableImagePass : IComposePass
{
    private const string PrepareRoot = "/usr/lib/ostree/prepare-root.conf";

    public void Apply(ComposeContext context)
    {
        if (context.Tree.Find(PrepareRoot) is null)
        {
            context.WriteText(PrepareRoot, "[composefs]\nenabled = true\n\n[sysroot]\nreadonly = true\n");
        }
    }
}

using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Layers;

namespace NodeImage.Compose.Passes;

/// <summary>Refuses names that a layer cannot hold: whiteouts, by the OCI image specification's "Image Layer Filesystem Changeset".</summary>
internal sealed class ReservedNamesPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        if (context.Tree.Walk().FirstOrDefault(node => node.Name.StartsWith(ImageTree.Whiteout, StringComparison.Ordinal)) is { } node)
        {
            throw PassDiagnostics.ReservedName.Error(FindItem(context, node.Path), node.Path, node.Inode.Origin ?? "the project");
        }
    }

    private static ItemReference? FindItem(ComposeContext context, string path) =>
        context.Definition.Overlays.FirstOrDefault(overlay => overlay.Entries.Any(entry => entry.Path == path)) is { Item: var item } ? new ItemReference(item.ItemType, item.Identity) : null;
}

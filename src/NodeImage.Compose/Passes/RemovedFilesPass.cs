namespace NodeImage.Compose.Passes;

/// <summary>Takes away the paths that the project names, with all that lies below them. What is not there need not be taken away.</summary>
internal sealed class RemovedFilesPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        foreach (var path in context.Definition.Tree.RemovedFiles)
        {
            // Links on the way are followed, as to rpm-ostree; the last name is taken away itself.
            if (context.Tree.TryResolvePath(path, followLast: false, out var place) && context.Tree.Find(place) is { Parent: not null } node)
            {
                context.Tree.Remove(node);
            }
        }
    }
}

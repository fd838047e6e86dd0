using NodeImage.Compose.Treefiles;

namespace NodeImage.Compose.Passes;

/// <summary>Says which fields of a treefile have no effect, and refuses those whose effect would be missing.</summary>
internal sealed class FieldUsePass : IComposePass
{
    public void Apply(ComposeContext context) => FieldUses.Check(context.Definition.Tree.Fields, context.Report);
}

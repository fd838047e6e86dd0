using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Says which target the machine boots to, in <c>/usr</c> as rpm-ostree does: presets leave it alone there, and a machine can
/// say otherwise in <c>/etc</c>.
/// </summary>
internal sealed class DefaultTargetPass : IComposePass
{
    private const string Link = "/usr/lib/systemd/system/default.target";

    public void Apply(ComposeContext context)
    {
        if (context.Definition.Tree.DefaultTarget is not { } target)
        {
            return;
        }

        if (!context.Machine.Units.Exists(UnitScope.System, target))
        {
            throw PassDiagnostics.UnitNotFound.Error(new ItemReference("DefaultTarget", target), target, "");
        }

        if (context.Tree.Find(Link)?.Inode.LinkTarget != target)
        {
            context.Tree.Remove(Link);
            context.Tree.Put(Link, Inode.SymbolicLink(target) with { ModificationTime = context.Time });
        }
    }
}

using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Brings the finished tree in order: its shape, /var, the kernel's files, and what tools have left behind.</summary>
internal sealed class FinishSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var lines = new List<string>();
        if (!plan.IsLayered)
        {
            lines.AddRange(["close_accounts", "shape_tree", "place_database", $"state_version {Quoting.Shell(plan.Version.Version)}"]);
        }

        lines.Add("index_modules");
        if (plan.Definition.Initramfs == InitramfsKind.Dracut)
        {
            lines.Add("make_initramfs");
        }

        lines.Add("finish");
        if (PackagesSection.IsOfRpmOstree(plan.Options.PackageTool))
        {
            lines.Add("ostree container commit");
        }

        output.Comment("What tools have left behind goes, and what is made of the whole is made.");
        output.AddStep("finish-image.sh", [.. plan.IsLayered ? (string[])[] : ["accounts.sh", "layout.sh"], "kernel.sh", "var.sh", "finish.sh"], "Finishes the image.", lines);
        output.RunStep("finish-image.sh", seesBase: plan.IsLayered);
        output.Sweep();
    }
}

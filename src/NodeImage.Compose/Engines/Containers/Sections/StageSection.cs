using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Begins the stage of the project's own content: on the packages, or in the tree that a builder has made.</summary>
internal sealed class StageSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        output.Comment(plan.IsLayered ? "The project's own content, a layer of its own." : "The tree becomes an image of its own, in which the rest runs.");
        output.Add("FROM", plan.IsLayered ? "packages AS content" : "scratch AS content");
        if (!plan.IsLayered)
        {
            output.Add("COPY", $"--from=builder {plan.Root}/ /");
        }
    }
}

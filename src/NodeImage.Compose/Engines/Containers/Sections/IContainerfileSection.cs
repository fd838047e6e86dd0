using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>One part of a Containerfile, with the files that it needs. Adding one means adding a file beside its siblings, and a line where they are listed.</summary>
internal interface IContainerfileSection
{
    /// <summary>Writes the part; nothing where the image has no need of it.</summary>
    void Write(ContainerfilePlan plan, ContainerfileBuilder output);
}

using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Makes users members of groups, in every file that a group stands in.</summary>
internal sealed class MembersSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        if (plan.Definition.Members.IsEmpty)
        {
            return;
        }

        output.Comment("Memberships.");
        output.AddStep("declare-members.sh", ["accounts.sh"], "Makes users members of groups.", plan.Definition.Members.Select(member => $"declare_member {Quoting.Shell(member.User)} {Quoting.Shell(member.Group)}"));
        output.RunStep("declare-members.sh", seesBase: false);
    }
}

namespace NodeImage.Sdk.Tests;

/// <summary>What a project is before anything is built.</summary>
public sealed class EvaluationTests
{
    private const string Base = "<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>";
    private const string Layered = "<PropertyGroup><OSImageKind>Layered</OSImageKind><TargetFramework>rhel9.6</TargetFramework></PropertyGroup>";

    [Fact]
    public void A_base_forbids_what_belongs_to_a_cluster()
    {
        using var project = new EvaluatedProject(Base);
        var forbidden = project.Project.GetItems("ForbiddenPackage");
        Assert.Contains(forbidden, item => item.EvaluatedInclude == "openshift-kubelet");
        Assert.Contains(forbidden, item => item.EvaluatedInclude == "openvswitch*");
        Assert.All(forbidden, item => Assert.NotEmpty(item.GetMetadataValue("Reason")));
    }

    [Fact]
    public void A_layered_image_forbids_nothing_by_itself()
    {
        using var project = new EvaluatedProject(Layered);
        Assert.Empty(project.Items("ForbiddenPackage"));
    }

    [Fact]
    public void A_project_can_take_a_package_off_the_list()
    {
        using var project = new EvaluatedProject(Base + "<ItemGroup><ForbiddenPackage Remove=\"cri-tools\" /></ItemGroup>");
        Assert.DoesNotContain("cri-tools", project.Items("ForbiddenPackage"));
    }

    [Fact]
    public void Units_and_the_overlay_are_found_where_they_lie()
    {
        using var project = new EvaluatedProject(Layered, "units/a.service", "units/b.timer", "units/read.me", "overlay/etc/x");
        Assert.Equal(["units/a.service", "units/b.timer"], project.Items("SystemdUnit"));
        Assert.Equal(["overlay"], project.Items("Overlay"));
    }

    [Fact]
    public void Defaults_can_be_switched_off()
    {
        using var project = new EvaluatedProject(
            Base + "<PropertyGroup><EnableDefaultOSItems>false</EnableDefaultOSItems></PropertyGroup>", "units/a.service", "overlay/etc/x");
        Assert.Empty(project.Items("SystemdUnit"));
        Assert.Empty(project.Items("Overlay"));
        Assert.Empty(project.Items("ForbiddenPackage"));
    }

    [Fact]
    public void An_image_has_no_code_and_an_output_of_its_own_kind()
    {
        using var project = new EvaluatedProject(Base, "stray.cs");
        Assert.Empty(project.Items("Compile"));
        Assert.EndsWith("image.osimage", project.Project.GetPropertyValue("TargetPath"), StringComparison.Ordinal);
        Assert.StartsWith("linux-", project.Project.GetPropertyValue("RuntimeIdentifier"), StringComparison.Ordinal);
    }
}

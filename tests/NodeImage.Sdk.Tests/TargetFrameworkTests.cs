using NuGet.Frameworks;

namespace NodeImage.Sdk.Tests;

/// <summary>Releases are target frameworks that NuGet orders as releases are ordered, and never takes for each other.</summary>
public sealed class TargetFrameworkTests
{
    [Theory]
    [InlineData("rhel9.6", "NodeImage", "v9.6", "rhel9")]
    [InlineData("rhel10.2", "NodeImage", "v10.2", "rhel10")]
    [InlineData("c9s", "NodeImage", "v9.0", "stream9")]
    [InlineData("c10s", "NodeImage", "v10.0", "stream10")]
    public void A_release_has_an_identity(string alias, string identifier, string version, string profile)
    {
        using var project = Evaluate(alias);
        Assert.Equal(identifier, project.Project.GetPropertyValue("TargetFrameworkIdentifier"));
        Assert.Equal(version, project.Project.GetPropertyValue("TargetFrameworkVersion"));
        Assert.Equal(profile, project.Project.GetPropertyValue("TargetFrameworkProfile"));
    }

    [Theory]
    [InlineData("rhel9.6", "rhel9.6", true)]
    [InlineData("rhel9.6", "rhel9.4", true)]
    [InlineData("rhel9.4", "rhel9.6", false)]
    [InlineData("rhel10.2", "rhel9.6", false)]
    [InlineData("rhel10.0", "c10s", false)]
    [InlineData("c10s", "c9s", false)]
    public void An_image_stands_on_a_base_of_its_own_release_or_an_older_minor_one(string image, string below, bool fits) =>
        Assert.Equal(fits, DefaultCompatibilityProvider.Instance.IsCompatible(Framework(image), Framework(below)));

    private static EvaluatedProject Evaluate(string alias) =>
        new($"<PropertyGroup><OSImageKind>Base</OSImageKind><TargetFramework>{alias}</TargetFramework></PropertyGroup>");

    private static NuGetFramework Framework(string alias)
    {
        using var project = Evaluate(alias);
        return NuGetFramework.ParseComponents(project.Project.GetPropertyValue("TargetFrameworkMoniker"), null);
    }
}

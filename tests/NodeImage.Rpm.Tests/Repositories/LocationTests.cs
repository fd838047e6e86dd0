using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Repositories;

/// <summary>Where a repository may say that its files are.</summary>
public sealed class LocationTests
{
    [Theory]
    [InlineData("Packages/a/a-1:2-1.noarch.rpm")]
    [InlineData("a b%2e+~^.rpm")]
    [InlineData("./repodata/..primary..xml")]
    public void Locations_within_the_repository_are_taken(string location)
    {
        Assert.True(RepositoryLocation.IsInside(location));
        RepositoryLocation.Require("repository", location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../a.rpm")]
    [InlineData("a/../../b.rpm")]
    [InlineData("a/..")]
    [InlineData("a\\b.rpm")]
    [InlineData("C:/a.rpm")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public void Locations_that_lead_out_of_it_are_refused(string location)
    {
        Assert.False(RepositoryLocation.IsInside(location));
        Assert.Equal(RepositoryDiagnostics.LocationOutside.Code, Refusal.CodeOf(() => RepositoryLocation.Require("repository", location)));
    }
}

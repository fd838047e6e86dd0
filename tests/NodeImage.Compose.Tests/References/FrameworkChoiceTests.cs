using NodeImage.Compose.References;

namespace NodeImage.Compose.Tests.References;

/// <summary>An image takes a base of its own release; an older one only where that is allowed, and never one of another major release.</summary>
public sealed class FrameworkChoiceTests
{
    [Theory]
    [InlineData("rhel9.6", "rhel9.4 rhel9.6", false, "rhel9.6")]
    [InlineData("rhel9.6", "rhel9.4 rhel9.6", true, "rhel9.6")]
    [InlineData("rhel9.6", "rhel9.4", false, null)]
    [InlineData("rhel9.6", "rhel9.2 rhel9.4 rhel9.0", true, "rhel9.4")]
    [InlineData("rhel9.10", "rhel9.9 rhel9.2", true, "rhel9.9")]
    [InlineData("rhel9.2", "rhel9.10 rhel9.4", true, null)]
    [InlineData("rhel10.2", "rhel9.6", true, null)]
    [InlineData("rhel9.6", "c9s", true, null)]
    [InlineData("c10s", "c9s rhel10.0", true, null)]
    [InlineData("c10s", "c9s c10s", false, "c10s")]
    [InlineData("net10.0", "rhel9.6", true, null)]
    [InlineData("rhel9.6", "", true, null)]
    public void The_nearest_that_fits_is_chosen(string own, string offered, bool allowOlder, string? chosen) =>
        Assert.Equal(chosen, FrameworkChoice.Choose(own, offered.Split(' ', StringSplitOptions.RemoveEmptyEntries), allowOlder));
}

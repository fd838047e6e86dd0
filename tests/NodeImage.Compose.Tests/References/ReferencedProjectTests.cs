using NodeImage.Compose.References;

namespace NodeImage.Compose.Tests.References;

/// <summary>What MSBuild reports of a referenced project is understood in both of the forms in which it writes it.</summary>
public sealed class ReferencedProjectTests
{
    private const string AsElements = "<AdditionalProjectProperties><rhel9.6><OSImageKind>KIND</OSImageKind><_OSImageRuntimeIdentifiers>linux-x64</_OSImageRuntimeIdentifiers></rhel9.6></AdditionalProjectProperties>";
    private const string AsAttributes = """<AdditionalProjectProperties><TargetFramework Name="rhel9.6" OSImageKind="KIND" _OSImageRuntimeIdentifiers="linux-x64" /></AdditionalProjectProperties>""";

    [Theory]
    [InlineData(AsElements, "Overlay", true)]
    [InlineData(AsElements, "overlay", true)]
    [InlineData(AsElements, "Base", false)]
    [InlineData(AsAttributes, "Overlay", true)]
    [InlineData(AsAttributes, "Layered", false)]
    [InlineData("", "", false)]
    public void A_library_says_so(string properties, string kind, bool isLibrary) =>
        Assert.Equal(isLibrary, new ReferencedProject(["rhel9.6"], true, properties.Replace("KIND", kind, StringComparison.Ordinal)).IsLibrary);

    [Theory]
    [InlineData(AsElements, "linux-x64", true)]
    [InlineData(AsElements, "linux-arm64", false)]
    [InlineData(AsAttributes, "linux-x64", true)]
    [InlineData("", "linux-x64", false)]
    [InlineData("<P><a><_OSImageRuntimeIdentifiers>linux-x64</_OSImageRuntimeIdentifiers></a><b><_OSImageRuntimeIdentifiers>linux-arm64</_OSImageRuntimeIdentifiers></b></P>", "linux-x64", false)]
    public void A_project_for_one_architecture_only_needs_not_be_told_which(string properties, string runtimeIdentifier, bool isOnly) =>
        Assert.Equal(isOnly, new ReferencedProject(["rhel9.6"], true, properties).IsForOnly(runtimeIdentifier));
}

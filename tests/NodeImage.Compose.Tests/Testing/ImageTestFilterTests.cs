using NodeImage.Compose.Testing;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Tests.Testing;

/// <summary>Filters choose as those of <c>dotnet test</c> do.</summary>
public sealed class ImageTestFilterTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("  ", true)]
    [InlineData("kubelet", true)]
    [InlineData("KUBELET", true)]
    [InlineData("crio", false)]
    [InlineData("Name=tests/kubelet.sh", true)]
    [InlineData("name = TESTS/kubelet.sh", true)]
    [InlineData("Name=kubelet", false)]
    [InlineData("FullyQualifiedName~kube", true)]
    [InlineData("DisplayName!~kube", false)]
    [InlineData("Name!=tests/kubelet.sh", false)]
    [InlineData("Name!=other", true)]
    [InlineData("crio|kubelet", true)]
    [InlineData("kubelet&crio", false)]
    [InlineData("kubelet & Name~tests | crio", true)]
    [InlineData("crio & kubelet | Name=none", false)]
    public void A_test_is_taken_or_not(string? filter, bool taken) => Assert.Equal(taken, new ImageTestFilter(filter).Takes("tests/kubelet.sh"));

    [Theory]
    [InlineData(null, "tests/kubelet.sh", true)]
    [InlineData("crio", "tests/kubelet.sh", false)]
    [InlineData("kubelet|crio", "other", false)]
    public void One_that_is_narrowed_takes_what_both_take(string? filter, string only, bool taken) =>
        Assert.Equal(taken, new ImageTestFilter(filter).And(name => name == only).Takes("tests/kubelet.sh"));

    [Theory]
    [InlineData("Category=Slow")]
    [InlineData("Name=")]
    [InlineData("=x")]
    [InlineData("(kubelet)")]
    [InlineData("kubelet&")]
    [InlineData("|")]
    public void What_cannot_be_understood_is_said(string filter) =>
        Assert.Equal("NI4103", Assert.Throws<DiagnosticException>(() => new ImageTestFilter(filter)).Diagnostic.Code);
}

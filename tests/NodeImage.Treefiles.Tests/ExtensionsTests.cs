using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Extensions;

namespace NodeImage.Treefiles.Tests;

/// <summary>Proves that lists of extensions are read and written.</summary>
public sealed class ExtensionsTests
{
    private static ExtensionsFile Read(string text) => ExtensionsFileReader.Read(Encoding.UTF8.GetBytes(text), "extensions.yaml");

    [Theory]
    [InlineData("extensions: {a: {}}", 1, 17)]
    [InlineData("extensions: {a: {packages: b}}", 1, 28)]
    [InlineData("extensions: {a: {packages: [b], kind: other}}", 1, 39)]
    [InlineData("extensions: {a: {packages: [b], arch: [c]}}", 1, 33)]
    [InlineData("extension: {}", 1, 1)]
    [InlineData("repos: []", 1, 1)]
    public void What_is_no_list_of_extensions_is_refused_where_it_stands(string text, int line, int column)
    {
        var e = Assert.Throws<DiagnosticException>(() => Read(text));

        Assert.Equal(("NI1223", $"extensions.yaml({line},{column})"), (e.Diagnostic.Code, e.Diagnostic.Place!.ToString()));
    }

    [Fact]
    public void Real_lists_are_read_and_written_again()
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        Assert.SkipWhen(string.IsNullOrEmpty(data), "NODEIMAGE_TESTDATA is not set");
        foreach (var path in Directory.GetFiles(Path.Combine(data!, "treefiles", "os", "extensions")))
        {
            var file = ExtensionsFileReader.Read(File.ReadAllBytes(path), path);
            var text = ExtensionsFileWriter.Write(file);

            Assert.Equal(text, ExtensionsFileWriter.Write(Read(text)));
            Assert.Equal("kernel", file.Extensions["kernel-devel"].MatchBaseEvr);
            Assert.Equal(ExtensionKind.Development, file.Extensions["kernel"].Kind);
            Assert.Equal(["aarch64"], file.Extensions["kernel-64k"].Architectures);
            Assert.NotEmpty(file.Repositories);
        }
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Metadata;

/// <summary>A build leaves the record that coreos-assembler's tools know builds by.</summary>
public sealed class BuildMetadataTests
{
    [Fact]
    public void It_tells_of_the_image_and_once_published_of_its_files()
    {
        var project = ScratchProject.MakeWithBase("build-metadata");
        project.Build("base").Succeeded();
        var folder = project.OutputFolder("base");
        var built = Read(folder);
        var image = new LayoutReader(project.Layout("base"));
        var labels = LabelTests.LabelsOf(project.Layout("base"));
        Assert.Equal(labels["org.opencontainers.image.version"], (string)built["buildid"]!);
        Assert.Equal("sha256:" + built["ostree-commit"], image.ManifestDigest);
        Assert.Equal((string)image.Config["created"]!, (string)built["ostree-timestamp"]!);
        Assert.Equal("x86_64", (string)built["coreos-assembler.basearch"]!);
        Assert.Equal(labels, built["coreos-assembler.oci-imported-labels"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!));
        Assert.False(built.ContainsKey("images"));
        Validate(folder);

        project.Run("publish", "base", ["-c", "Debug"]).Succeeded();
        Assert.True(Describes(folder));
        Validate(folder);

        // A build that makes the same image anew knows of no archive; publishing tells of it again, though nothing is to be written.
        project.Write("base/overlay/etc/note", "x");
        project.Build("base").Succeeded();
        Assert.False(Read(folder).ContainsKey("images"));
        project.Run("publish", "base", ["-c", "Debug"]).Succeeded();
        Assert.True(Describes(folder));

        project.Run("clean", "base", ["-c", "Debug"]).Succeeded();
        Assert.False(File.Exists(Path.Combine(folder, "meta.json")));
        project.Build("base", "-p:GenerateOSBuildMetadata=false").Succeeded();
        Assert.False(File.Exists(Path.Combine(folder, "meta.json")));
    }

    private static JsonObject Read(string folder) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "meta.json")))!.AsObject();

    private static bool Describes(string folder)
    {
        var images = Read(folder)["images"]!.AsObject();
        Assert.Equal(["oci-manifest", "ostree"], images.Select(member => member.Key));
        foreach (var (_, artifact) in images)
        {
            var content = File.ReadAllBytes(Path.Combine(folder, (string)artifact!["path"]!));
            Assert.Equal((content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), ((int)artifact["size"]!, (string)artifact["sha256"]!));
        }

        return true;
    }

    private static void Validate(string folder)
    {
        var data = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        if (string.IsNullOrEmpty(data) || Command.Run("python3", "-c", "import jsonschema").Status != 0)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("Not held to the schema: NODEIMAGE_TESTDATA is not set, or python3-jsonschema is not installed.");
            return;
        }

        const string Script = "import json, sys, jsonschema; jsonschema.Draft7Validator(json.load(open(sys.argv[2]))).validate(json.load(open(sys.argv[1])))";
        Command.Run("python3", "-c", Script, Path.Combine(folder, "meta.json"), Path.Combine(data, "stream-metadata", "cosa-meta-schema-v1.json")).Succeeded();
    }
}

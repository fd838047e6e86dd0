using System.Text;
using System.Text.Json;
using NodeImage.Compose.References;

namespace NodeImage.Compose.Tests.References;

/// <summary>NuGet can read again what it has written of an image's frameworks.</summary>
public sealed class RestoreGraphTests
{
    [Fact]
    public void Frameworks_of_images_get_their_full_names_and_all_else_stays()
    {
        const string Graph = """
            {"format":1,"restore":{"/n.osproj":{}},"projects":{
              "/n.osproj":{"version":"1.0.0","restore":{"frameworks":{"rhel9.6":{"framework":"nodeimage96-rhel9","targetAlias":"rhel9.6","projectReferences":{}}}},
                "frameworks":{"rhel9.6":{"framework":"nodeimage96-rhel9","targetAlias":"rhel9.6"},"c10s":{"framework":"nodeimage10.0-stream10","targetAlias":"c10s"}}},
              "/p.csproj":{"restore":{"frameworks":{"net10.0":{"framework":"net10.0","targetAlias":"net10.0"}}},"frameworks":{"net10.0":{"targetAlias":"net10.0"}}}}}
            """;
        var expected = Graph
            .Replace("nodeimage96-rhel9", "NodeImage,Version=v9.6,Profile=rhel9", StringComparison.Ordinal)
            .Replace("nodeimage10.0-stream10", "NodeImage,Version=v10.0,Profile=stream10", StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected)), Encoding.UTF8.GetString(RestoreGraph.NameFrameworks(Encoding.UTF8.GetBytes(Graph))));
    }
}

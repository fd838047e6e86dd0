using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Compose.Definition;

namespace NodeImage.Compose.Passes;

/// <summary>Ships kernel arguments where bootc reads them: <c>/usr/lib/bootc/kargs.d</c>.</summary>
internal sealed partial class KernelArgumentsPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        if (File(context.Definition) is { } file)
        {
            context.WriteText(file.Path, file.Text);
        }
    }

    /// <summary>The file that a project's arguments make, or null where it has none.</summary>
    public static (string Path, string Text)? File(ImageDefinition definition) => definition.KernelArguments.IsEmpty
        ? null

        // A TOML array of strings is written as JSON writes one.
        : ($"/usr/lib/bootc/kargs.d/50-{definition.Name}.toml", $"kargs = {JsonSerializer.Serialize([.. definition.KernelArguments], Strings.Default.StringArray)}\n");

    [JsonSerializable(typeof(string[]))]
    private sealed partial class Strings : JsonSerializerContext;
}

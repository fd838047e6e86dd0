using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeImage.Compose.Passes;

/// <summary>Ships kernel arguments where bootc reads them: <c>/usr/lib/bootc/kargs.d</c>.</summary>
internal sealed partial class KernelArgumentsPass : IComposePass
{
    public void Apply(ComposeContext context)
    {
        var arguments = context.Definition.KernelArguments;
        if (arguments.Length > 0)
        {
            // A TOML array of strings is written as JSON writes one.
            context.WriteText($"/usr/lib/bootc/kargs.d/50-{context.Definition.Name}.toml", $"kargs = {JsonSerializer.Serialize([.. arguments], Strings.Default.StringArray)}\n");
        }
    }

    [JsonSerializable(typeof(string[]))]
    private sealed partial class Strings : JsonSerializerContext;
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Writes text so that the shell and Containerfiles take it as it is.</summary>
internal static partial class Quoting
{
    /// <summary>A word of the shell: POSIX Shell Command Language, 2.2.2 "Single-Quotes". Anything but a zero can stand in one.</summary>
    public static string Shell(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ':' or '=' or ',' or '@' or '+')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A value of a Containerfile's instruction, in double quotes, with no variable in it.</summary>
    /// <param name="kind">What it is, for the diagnostic.</param>
    /// <param name="text">The value.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI3703: it has control characters.</exception>
    public static string Value(string kind, string text)
    {
        RequirePrintable(kind, text);
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c is '"' or '\\' or '$' ? "\\" : "").Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The exec form of a command: a JSON array of strings.</summary>
    public static string Command(string kind, IEnumerable<string> words)
    {
        string[] all = [.. words];
        Array.ForEach(all, word => RequirePrintable(kind, word));
        return JsonSerializer.Serialize(all, CommandWords.Default.StringArray);
    }

    /// <summary>Sees to it that text can stand in a line of its own.</summary>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI3703: it has control characters.</exception>
    public static string RequirePrintable(string kind, string text) =>
        text.Any(char.IsControl) ? throw ContainerDiagnostics.NotExpressible.Error(null, kind, Printable(text)) : text;

    /// <summary>Text without what could end a comment.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    [JsonSerializable(typeof(string[]))]
    private sealed partial class CommandWords : JsonSerializerContext;
}

using System.Text;
using NodeImage.Compose.Scriptlets.Shell;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets;

/// <summary>Files as commands read them: small, and text that comes out again as it went in.</summary>
internal static class ScriptletText
{
    private const int MaxLength = 16 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file as text.</summary>
    /// <param name="machine">The image whose scriptlet reads it.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="UnsupportedScriptException">It is too large, or no text in UTF-8.</exception>
    public static string Read(ScriptletMachine machine, FileContent content)
    {
        try
        {
            var text = Strict.GetString(ReadBytes(machine, content));
            return text.Contains('\0', StringComparison.Ordinal) ? throw new UnsupportedScriptException("a file that is no text") : text;
        }
        catch (ArgumentException)
        {
            throw new UnsupportedScriptException("a file that is no text in UTF-8");
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="machine">The image whose scriptlet reads it.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="UnsupportedScriptException">It is too large.</exception>
    public static byte[] ReadBytes(ScriptletMachine machine, FileContent content)
    {
        machine.Budget.Charge(content.Length);
        return content.Length <= MaxLength ? content.ReadAllBytes(MaxLength) : throw new UnsupportedScriptException("a file as large as that");
    }
}

using System.Text;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Treefiles.Values;

/// <summary>Reads documents by what their names end in: <c>.yaml</c> and <c>.yml</c> are YAML, all else JSON, as to rpm-ostree.</summary>
public static class DocumentReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a file is YAML by its name.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>False for JSON.</returns>
    public static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">The file's path, which tells its form and stands in messages.</param>
    /// <returns>The value; <see cref="NullValue"/> for an empty YAML document.</returns>
    /// <exception cref="DiagnosticException">It is malformed, or larger or deeper than any honest one.</exception>
    public static TreefileValue Read(ReadOnlySpan<byte> bytes, string path) => Read(bytes, path, IsYaml(path));

    /// <summary>Reads a document of a known form.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="isYaml">Whether it is YAML, else JSON.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DiagnosticException">It is malformed, or larger or deeper than any honest one.</exception>
    public static TreefileValue Read(ReadOnlySpan<byte> bytes, string path, bool isYaml)
    {
        if (bytes.Length > DocumentLimits.MaxBytes)
        {
            throw new DiagnosticException(TreefileDiagnostics.TooLarge.In(new SourcePlace(path), path, $"it has more than {DocumentLimits.MaxBytes >> 20} MiB"));
        }

        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (!isYaml)
        {
            return JsonReader.Read(bytes, path);
        }

        try
        {
            return YamlReader.Read(Strict.GetString(bytes), path);
        }
        catch (DecoderFallbackException e)
        {
            throw new DiagnosticException(TreefileDiagnostics.Malformed.In(new SourcePlace(path), path, "It is not UTF-8."), e);
        }
    }
}

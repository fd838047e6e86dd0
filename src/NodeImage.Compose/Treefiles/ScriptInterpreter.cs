namespace NodeImage.Compose.Treefiles;

/// <summary>What a script's first line says of who runs it.</summary>
public static class ScriptInterpreter
{
    /// <summary>The interpreter of scripts that do not say.</summary>
    public const string Otherwise = "/bin/sh";

    /// <summary>Reads a script's first line.</summary>
    /// <param name="text">The script.</param>
    /// <returns>What stands behind <c>#!</c>: a program, and one argument at most; null where nothing does.</returns>
    public static string? Of(string text)
    {
        if (!text.StartsWith("#!", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? text[2..] : text[2..end]).Trim();
        return line.StartsWith('/') ? line : null;
    }

    /// <summary>Reads a script's first line.</summary>
    /// <param name="path">The script's file.</param>
    /// <returns>As above.</returns>
    public static string? OfFile(string path)
    {
        using var reader = new StreamReader(path);
        var head = new char[512];
        return Of(new string(head, 0, reader.ReadBlock(head)));
    }
}

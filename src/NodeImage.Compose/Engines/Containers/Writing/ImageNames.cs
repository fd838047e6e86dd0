namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Names that references to images allow: OCI distribution specification, "Pulling manifests".</summary>
internal static class ImageNames
{
    private const int MaxTagLength = 128;

    /// <summary>A repository's name made of any name: lower case, and dashes for what is not allowed.</summary>
    public static string Repository(string name)
    {
        var allowed = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return allowed.Length == 0 ? "image" : allowed;
    }

    /// <summary>A tag made of any text.</summary>
    public static string Tag(string text)
    {
        var allowed = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-')).TrimStart('.', '-');
        return allowed.Length == 0 ? "latest" : allowed[..Math.Min(allowed.Length, MaxTagLength)];
    }
}

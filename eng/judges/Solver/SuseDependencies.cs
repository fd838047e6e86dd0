namespace NodeImage.Judges.Solver;

/// <summary>
/// Old SUSE packages wrote rich dependencies as names: <c>packageand(a:b)</c>, <c>modalias(...)</c>, <c>locale(a:de;fr)</c>.
/// Version 2 of testtags wants them read as what they mean.
/// </summary>
internal static class SuseDependencies
{
    public static IEnumerable<string> Supplements(IEnumerable<string> provides, IEnumerable<string> supplements) =>
        supplements.Concat(provides.Select(FromProvide).OfType<string>()).Select(FromSupplement);

    public static string Conflict(string conflict) =>
        Inner(conflict, "otherproviders(") is { } inner ? inner : conflict;

    private static string? FromProvide(string provide)
    {
        if (Inner(provide, "locale(") is { } locale)
        {
            var colon = locale.IndexOf(':', StringComparison.Ordinal);
            var languages = (colon > 0 ? locale[(colon + 1)..] : locale)
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(language => $"namespace:language({language})")
                .ToArray();
            if (languages.Length == 0)
            {
                return null;
            }

            var any = languages.Length == 1 ? languages[0] : LeftChain(languages, "|");
            return colon > 0 ? $"{locale[..colon]} & ({any})" : any;
        }

        // "package:/path" provides are about files moving between packages, which needs an option that no judged case sets.
        return null;
    }

    private static string FromSupplement(string supplement)
    {
        var text = supplement.StartsWith("system:modalias(", StringComparison.Ordinal) ? supplement["system:".Length..] : supplement;
        if (Inner(text, "modalias(") is { Length: > 0 } modalias)
        {
            var colon = modalias.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && modalias.IndexOf(':', colon + 1) > 0
                ? $"{modalias[..colon]} & namespace:modalias({modalias[(colon + 1)..]})"
                : $"namespace:modalias({modalias})";
        }

        if (Inner(text, "packageand(") is { } packages)
        {
            return LeftChain(SplitPackages(packages), "&");
        }

        return Inner(text, "filesystem(") is { } filesystem ? $"namespace:filesystem({filesystem})" : supplement;
    }

    private static string[] SplitPackages(string packages)
    {
        var found = new List<string>();
        var parts = packages.Split(':', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            found.Add(parts[i] == "pattern" && i + 1 < parts.Length ? $"pattern:{parts[++i]}" : parts[i]);
        }

        return [.. found];
    }

    private static string LeftChain(string[] terms, string @operator) =>
        terms.Skip(1).Aggregate(terms[0], (left, right) => left == terms[0] ? $"{left} {@operator} {right}" : $"({left}) {@operator} {right}");

    private static string? Inner(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.EndsWith(')') ? text[prefix.Length..^1] : null;
}

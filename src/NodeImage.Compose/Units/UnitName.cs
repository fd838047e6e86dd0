namespace NodeImage.Compose.Units;

/// <summary>The names of units: <c>systemd.unit(5)</c>.</summary>
internal static class UnitName
{
    private static readonly string[] Suffixes =
    [
        ".service", ".socket", ".device", ".mount", ".automount", ".swap", ".target", ".path", ".timer", ".slice", ".scope",
    ];

    /// <summary>Whether a name ends as a unit's does.</summary>
    public static bool IsValid(string name) =>
        Array.Exists(Suffixes, suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
        && name.Length <= 255
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_' or '.' or '\\' or '@');

    /// <summary>Adds <c>.service</c> to a name without any suffix, as systemctl does.</summary>
    public static string WithSuffix(string name) => Array.Exists(Suffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal)) ? name : name + ".service";

    /// <summary>Whether a name is a template's, such as <c>getty@.service</c>.</summary>
    public static bool IsTemplate(string name) => name.Contains("@.", StringComparison.Ordinal);

    /// <summary>The template of an instance.</summary>
    /// <returns><c>getty@.service</c> for <c>getty@tty1.service</c>; null for what is no instance.</returns>
    public static string? TemplateOf(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var dot = name.LastIndexOf('.');
        return at > 0 && dot > at + 1 ? name[..(at + 1)] + name[dot..] : null;
    }

    /// <summary>What makes an instance one: <c>tty1</c> of <c>getty@tty1.service</c>.</summary>
    /// <returns>The text, or null for what is no instance.</returns>
    public static string? InstanceOf(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var dot = name.LastIndexOf('.');
        return at > 0 && dot > at + 1 ? name[(at + 1)..dot] : null;
    }

    /// <summary>The instance of a template.</summary>
    public static string Instantiate(string template, string instance)
    {
        var at = template.IndexOf("@.", StringComparison.Ordinal);
        return template[..(at + 1)] + instance + template[(at + 1)..];
    }

    /// <summary>Puts a unit's own names in the place of <c>%n</c>, <c>%i</c>, <c>%p</c> and the like.</summary>
    public static string ExpandSpecifiers(string text, string unit)
    {
        var at = unit.IndexOf('@', StringComparison.Ordinal);
        var dot = unit.LastIndexOf('.');

        // A file may name what is no unit's name; it has no suffix then.
        dot = dot > at ? dot : unit.Length;
        var prefix = at >= 0 ? unit[..at] : unit[..dot];
        var instance = at >= 0 ? unit[(at + 1)..dot] : "";
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // Others are left as they are, and so is a sign at the end.
            var value = text[i] != '%' || i + 1 == text.Length ? null : text[i + 1] switch
            {
                'n' => unit,
                'N' => unit[..dot],
                'p' => prefix,
                'i' => instance,
                'j' => prefix[(prefix.LastIndexOf('-') + 1)..],
                '%' => "%",
                _ => null,
            };
            result.Append(value ?? text[i].ToString());
            i += value is null ? 0 : 1;
        }

        return result.ToString();
    }
}

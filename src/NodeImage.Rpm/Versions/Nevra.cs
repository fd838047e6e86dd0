namespace NodeImage.Rpm.Versions;

/// <summary>Name, epoch, version, release and architecture: what tells one package from every other.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Evr">Its epoch, version and release.</param>
/// <param name="Architecture">Its architecture, such as <c>x86_64</c>, <c>noarch</c> or <c>src</c>.</param>
public sealed record Nevra(string Name, Evr Evr, string Architecture) : IComparable<Nevra>
{
    /// <summary>Reads <c>name-[epoch:]version-release.architecture</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nevra">The parts, when the result is true.</param>
    /// <returns>Whether the text has all the parts. A package's name may itself look like one; it is the caller who knows.</returns>
    public static bool TryParse(string text, out Nevra? nevra)
    {
        nevra = null;
        var dot = text.LastIndexOf('.');
        var release = dot < 0 ? -1 : text.LastIndexOf('-', dot);
        var version = release <= 0 ? -1 : text.LastIndexOf('-', release - 1);
        if (version <= 0 || dot == text.Length - 1 || release == version + 1 || dot == release + 1)
        {
            return false;
        }

        nevra = new Nevra(text[..version], Evr.Parse(text[(version + 1)..dot]), text[(dot + 1)..]);
        return true;
    }

    /// <summary>Orders by name, then version, then architecture: names and architectures byte for byte.</summary>
    /// <param name="other">The other package.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(Nevra? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Name, other.Name);
        order = order != 0 ? order : Evr.CompareTo(other.Evr);
        return order != 0 ? order : string.CompareOrdinal(Architecture, other.Architecture);
    }

    /// <summary><c>name-[epoch:]version-release.architecture</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name}-{Evr}.{Architecture}";
}

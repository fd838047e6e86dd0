using NodeImage.Treefiles.Values;

namespace NodeImage.Treefiles.Fields;

/// <summary>Where a field counts.</summary>
public enum FieldScope
{
    /// <summary>Composing, and deriving on a client.</summary>
    Common,

    /// <summary>Composing only.</summary>
    Base,

    /// <summary>A client's origin only; composing with it fails.</summary>
    Derive,
}

/// <summary>What becomes of a field where a treefile and one that it includes both have it.</summary>
public enum FieldMerge
{
    /// <summary>The including treefile's value wins; among includes, the first one's.</summary>
    ChildWins,

    /// <summary>Both, the included treefile's first: what a treefile says itself comes last.</summary>
    Concatenate,

    /// <summary>The two sets together.</summary>
    Union,

    /// <summary>Both mappings together; of a name that both have, the including treefile's value.</summary>
    ByName,

    /// <summary>Concatenated; a package is taken from the last repository that names it.</summary>
    LastRepository,

    /// <summary>Only the treefile that is composed counts.</summary>
    TopOnly,

    /// <summary>It steers reading, and is not there any more when a treefile has been read.</summary>
    Consumed,
}

/// <summary>What a field's value must be.</summary>
/// <param name="Expected">That, as messages say it.</param>
/// <param name="Check">Checks a value, and gives it in its canonical form; throws a coded diagnostic.</param>
public sealed record FieldType(string Expected, Func<string, TreefileValue, TreefileValue> Check);

/// <summary>A field of a treefile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its value must be.</param>
/// <param name="Merge">How it is merged.</param>
/// <param name="Scope">Where it counts.</param>
public sealed record TreefileField(string Name, FieldType Type, FieldMerge Merge, FieldScope Scope = FieldScope.Base)
{
    /// <summary>Whether <c>${variable}</c> is replaced: in a text, or in the texts right below a mapping.</summary>
    public bool Substitutes { get; init; }

    /// <summary>The spelling with underscores that is read too, or null.</summary>
    public string? LegacyName { get; init; }

    /// <summary>Whether rpm-ostree advises against it.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Whether rpm-ostree calls it experimental.</summary>
    public bool IsExperimental { get; init; }
}

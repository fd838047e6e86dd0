namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>Several programs that can stand under one name, of which a symbolic link names one.</summary>
/// <param name="Name">The name: of the record, and of the link below <c>/etc/alternatives</c>.</param>
/// <param name="Link">The path that programs are called by.</param>
internal sealed record AlternativeGroup(string Name, string Link)
{
    /// <summary>Whether somebody has chosen, rather than the priorities.</summary>
    public bool IsManual { get; set; }

    /// <summary>The links that go along with the group's own.</summary>
    public List<FollowerLink> Followers { get; private init; } = [];

    /// <summary>What there is to choose from.</summary>
    public List<AlternativeChoice> Choices { get; private init; } = [];

    /// <summary>The same group under another link.</summary>
    public AlternativeGroup WithLink(string link) => this with { Link = link };
}

/// <summary>A link that goes along with a group's own.</summary>
/// <param name="Name">Its name below <c>/etc/alternatives</c>.</param>
/// <param name="Link">The path that it is called by.</param>
internal sealed record FollowerLink(string Name, string Link);

/// <summary>One of the programs of a group.</summary>
/// <param name="Path">The program.</param>
/// <param name="Priority">The highest one is taken where nobody has chosen.</param>
internal sealed record AlternativeChoice(string Path, int Priority)
{
    /// <summary>A name that several groups' choices share, or null.</summary>
    public string? Family { get; init; }

    /// <summary>The service that runs while this is chosen, or null.</summary>
    public string? Service { get; init; }

    /// <summary>What followers lead to, by their names.</summary>
    public Dictionary<string, string> Files { get; init; } = new(StringComparer.Ordinal);
}

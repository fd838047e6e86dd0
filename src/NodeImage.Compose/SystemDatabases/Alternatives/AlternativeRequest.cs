namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>What is asked of an alternatives program.</summary>
internal enum AlternativeAction
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Add a choice.</summary>
    Install,

    /// <summary>Take a choice away.</summary>
    Remove,

    /// <summary>Take a group away.</summary>
    RemoveAll,

    /// <summary>Choose.</summary>
    Set,

    /// <summary>Let the priorities choose.</summary>
    Auto,

    /// <summary>Tell the choices.</summary>
    List,
}

/// <summary>A call of an alternatives program.</summary>
internal sealed record AlternativeRequest
{
    /// <summary>What to do.</summary>
    public AlternativeAction Action { get; set; }

    /// <summary>The group's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The group's link, to install.</summary>
    public string Link { get; set; } = "";

    /// <summary>The choice.</summary>
    public string Path { get; set; } = "";

    /// <summary>The priority, to install.</summary>
    public int Priority { get; set; }

    /// <summary>The followers, to install, with what they lead to.</summary>
    public List<(FollowerLink Link, string File)> Followers { get; } = [];

    /// <summary>The choice's family, or null.</summary>
    public string? Family { get; set; }

    /// <summary>The choice's service, or null.</summary>
    public string? Service { get; set; }

    /// <summary>Whether files give way to links.</summary>
    public bool Force { get; set; }

    /// <summary>Whether links of somebody else's stay.</summary>
    public bool KeepForeign { get; set; }

    /// <summary>Whether links stay that lead nowhere.</summary>
    public bool KeepMissing { get; set; }
}

/// <summary>A program gives up.</summary>
/// <param name="message">Why.</param>
internal sealed class AlternativeException(string message) : Exception(message);

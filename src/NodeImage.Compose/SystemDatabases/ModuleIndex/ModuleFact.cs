namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>What the indexes of a kernel's modules want to know of a module. Texts have one character for each byte.</summary>
internal sealed record ModuleFact
{
    /// <summary>A file that is no module, or one that makes no sense.</summary>
    public static readonly ModuleFact None = new();

    /// <summary>Whether the file is a module.</summary>
    public bool IsModule { get; init; }

    /// <summary>What it answers to: <c>alias=</c> of its information, in order.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What should be loaded with it: <c>softdep=</c>, in order.</summary>
    public IReadOnlyList<string> SoftDependencies { get; init; } = [];

    /// <summary>What may be loaded after it: <c>weakdep=</c>, in order.</summary>
    public IReadOnlyList<string> WeakDependencies { get; init; } = [];

    /// <summary>The symbols that it has for others.</summary>
    public IReadOnlyList<string> Exports { get; init; } = [];

    /// <summary>The symbols that it needs from others or from the kernel, in the order in which they are resolved.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

using System.Collections.Immutable;

namespace NodeImage.Compose.Definition;

/// <summary>What a project says of its tree beside packages, units and overlays: what treefiles can say, too.</summary>
public sealed record TreeSettings
{
    /// <summary>The unit that the machine boots to, such as <c>multi-user.target</c>, or null for what packages say.</summary>
    public string? DefaultTarget { get; init; }

    /// <summary>What the image's version begins with where none is given, with <c>&lt;date:%Y%m%d&gt;</c> and its like, or null.</summary>
    public string? VersionPrefix { get; init; }

    /// <summary>The text in <c>os-release(5)</c>'s <c>VERSION</c> and <c>PRETTY_NAME</c> that the image's version takes the place of, or null.</summary>
    public string? MutateOSRelease { get; init; }

    /// <summary>Arguments for dracut beside the usual ones.</summary>
    public ImmutableArray<string> InitramfsArguments { get; init; } = [];

    /// <summary>Packages that the solver does not see, by name; <c>*</c> and <c>?</c> stand for any characters.</summary>
    public ImmutableArray<string> ExcludedPackages { get; init; } = [];

    /// <summary>Files of packages that are not installed.</summary>
    public ImmutableArray<PackageFileRemoval> FileRemovals { get; init; } = [];

    /// <summary>Paths that are taken away when folders have been laid over the tree, canonical.</summary>
    public ImmutableArray<string> RemovedFiles { get; init; } = [];

    /// <summary>The groups that stay in <c>/etc/group</c>; empty for the usual ones.</summary>
    public ImmutableArray<string> EtcGroups { get; init; } = [];

    /// <summary>The numbers that accounts have.</summary>
    public AccountPins Pins { get; init; } = new();

    /// <summary>Fields of a treefile that have no item of their own, by name, each as one line of text.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>Files of a package that are not installed.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Pattern">A regular expression; files in whose path it is found are left out.</param>
public sealed record PackageFileRemoval(string Package, string Pattern);

/// <summary>The numbers that accounts have, so that they are the same in every build.</summary>
public sealed record AccountPins
{
    /// <summary>A file in the form of <c>passwd(5)</c> with the users that there are, or null.</summary>
    public SourceFile? PasswdFile { get; init; }

    /// <summary>A file in the form of <c>group(5)</c> with the groups that there are, or null.</summary>
    public SourceFile? GroupFile { get; init; }

    /// <summary>Users whose numbers are given, sorted by name.</summary>
    public ImmutableArray<PinnedUser> Users { get; init; } = [];

    /// <summary>Groups whose numbers are given, sorted by name.</summary>
    public ImmutableArray<PinnedGroup> Groups { get; init; } = [];
}

/// <summary>The number of a user, where there is such a user.</summary>
/// <param name="Name">The name.</param>
/// <param name="Uid">The user's number.</param>
/// <param name="Gid">The number of its primary group.</param>
public sealed record PinnedUser(string Name, uint Uid, uint Gid);

/// <summary>The number of a group, where there is such a group.</summary>
/// <param name="Name">The name.</param>
/// <param name="Gid">The group's number.</param>
public sealed record PinnedGroup(string Name, uint Gid);

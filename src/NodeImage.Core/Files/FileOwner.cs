namespace NodeImage.Core.Files;

/// <summary>
/// Who owns a file. Packages name owners; which numbers the names stand for is known only once the image's accounts are
/// complete, so a name waits here until it is resolved.
/// </summary>
/// <param name="Uid">The user's number; meaningless while <paramref name="UserName"/> waits.</param>
/// <param name="Gid">The group's number; meaningless while <paramref name="GroupName"/> waits.</param>
/// <param name="UserName">The user's name where it has not been resolved, else null.</param>
/// <param name="GroupName">The group's name where it has not been resolved, else null.</param>
public readonly record struct FileOwner(uint Uid, uint Gid, string? UserName = null, string? GroupName = null)
{
    /// <summary>The owner root, group root.</summary>
    public static FileOwner Root { get; }

    /// <summary>Whether both numbers stand.</summary>
    public bool IsResolved => UserName is null && GroupName is null;

    /// <summary>An owner by name. <c>root</c> needs no resolving: it is 0 everywhere.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="group">The group's name.</param>
    /// <returns>The owner, with names waiting where they are not <c>root</c>.</returns>
    public static FileOwner Named(string user, string group) => new(
        0,
        0,
        string.Equals(user, "root", StringComparison.Ordinal) ? null : user,
        string.Equals(group, "root", StringComparison.Ordinal) ? null : group);
}

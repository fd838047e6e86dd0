namespace NodeImage.Compose.Definition;

/// <summary>A user that is declared.</summary>
/// <param name="Name">The name.</param>
/// <param name="Uid">The number, or null for one that is free.</param>
/// <param name="Group">The primary group's name, or null for one of its own.</param>
/// <param name="Home">The home folder, or null for <c>/</c>.</param>
/// <param name="Shell">The shell, or null for one that lets nobody in.</param>
public sealed record UserDefinition(string Name, uint? Uid, string? Group, string? Home, string? Shell);

/// <summary>A group that is declared.</summary>
/// <param name="Name">The name.</param>
/// <param name="Gid">The number, or null for one that is free.</param>
public sealed record GroupDefinition(string Name, uint? Gid);

/// <summary>A membership that is declared.</summary>
/// <param name="User">The user.</param>
/// <param name="Group">The group that it is a member of.</param>
public sealed record MembershipDefinition(string User, string Group);

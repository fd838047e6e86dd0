namespace NodeImage.Compose.Accounts;

/// <summary>Which pair of files an account stands in.</summary>
public enum AccountPlace
{
    /// <summary><c>/etc/passwd</c> and <c>/etc/group</c>, which belong to the machine and are merged when it updates.</summary>
    Etc,

    /// <summary><c>/usr/lib/passwd</c> and <c>/usr/lib/group</c>, which belong to the image and are read through nss-altfiles.</summary>
    UsrLib,
}

/// <summary>A user: a line of <c>passwd(5)</c>.</summary>
/// <param name="Name">The login name.</param>
/// <param name="Uid">The user's number.</param>
/// <param name="Gid">The number of the primary group.</param>
/// <param name="Comment">The comment field.</param>
/// <param name="Home">The home folder.</param>
/// <param name="Shell">The shell.</param>
/// <param name="Place">Where the line stands.</param>
public sealed record UserAccount(string Name, uint Uid, uint Gid, string Comment, string Home, string Shell, AccountPlace Place)
{
    /// <summary>The password field: <c>x</c> where <c>shadow(5)</c> has it.</summary>
    public string Password { get; init; } = "x";

    /// <summary>The line as the file has it.</summary>
    /// <returns>The line, without its end.</returns>
    public override string ToString() => $"{Name}:{Password}:{Uid}:{Gid}:{Comment}:{Home}:{Shell}";
}

/// <summary>A group: a line of <c>group(5)</c>.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Gid">The group's number.</param>
/// <param name="Members">The users that are in it beside those whose primary group it is, in the file's order.</param>
/// <param name="Place">Where the line stands.</param>
public sealed record GroupAccount(string Name, uint Gid, IReadOnlyList<string> Members, AccountPlace Place)
{
    /// <summary>The password field: <c>x</c> where <c>gshadow(5)</c> has it.</summary>
    public string Password { get; init; } = "x";

    /// <summary>The line as the file has it.</summary>
    /// <returns>The line, without its end.</returns>
    public override string ToString() => $"{Name}:{Password}:{Gid}:{string.Join(',', Members)}";
}

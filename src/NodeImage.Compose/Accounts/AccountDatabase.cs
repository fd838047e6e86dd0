using NodeImage.Core.Files;

namespace NodeImage.Compose.Accounts;

/// <summary>
/// The image's accounts as its own name service sees them: <c>/etc</c> first, and <c>/usr/lib</c> behind it where
/// <c>nsswitch.conf(5)</c> names altfiles. Changes are kept here and reach the files when <see cref="Write"/> is called.
/// </summary>
public sealed class AccountDatabase
{
    private readonly FileTree _tree;
    private readonly List<UserAccount> _users = [];
    private readonly List<GroupAccount> _groups = [];
    private readonly List<(string User, string Group)> _memberships = [];
    private List<string> _shadow = [];
    private List<string> _groupShadow = [];
    private LoginDefinitions? _ranges;
    private IReadOnlyList<FileContent?>? _read;
    private bool _unwritten;
    private bool _usesAltFiles;
    private IReadOnlyDictionary<string, uint> _pinnedUsers = new Dictionary<string, uint>();
    private IReadOnlyDictionary<string, uint> _pinnedGroups = new Dictionary<string, uint>();

    /// <summary>Looks at an image's accounts.</summary>
    /// <param name="tree">The image; its files are read when they are first needed, and again when they change.</param>
    public AccountDatabase(FileTree tree) => _tree = tree;

    /// <summary>The users, in the order in which the name service lists them.</summary>
    public IReadOnlyList<UserAccount> Users => Load()._users;

    /// <summary>The groups, in the order in which the name service lists them.</summary>
    public IReadOnlyList<GroupAccount> Groups => Load()._groups;

    /// <summary>Whether <c>/usr/lib/passwd</c> and <c>/usr/lib/group</c> are read.</summary>
    public bool UsesAltFiles => Load()._usesAltFiles;

    /// <summary>Says which numbers accounts get, should they be made.</summary>
    /// <param name="users">Users' numbers by name.</param>
    /// <param name="groups">Groups' numbers by name.</param>
    internal void Pin(IReadOnlyDictionary<string, uint> users, IReadOnlyDictionary<string, uint> groups) => (_pinnedUsers, _pinnedGroups) = (users, groups);

    /// <summary>The number that a user that is made gets, or null where any will do.</summary>
    internal uint? PinnedUser(string name) => _pinnedUsers.TryGetValue(name, out var id) ? id : null;

    /// <summary>The number that a group that is made gets, or null where any will do.</summary>
    internal uint? PinnedGroup(string name) => _pinnedGroups.TryGetValue(name, out var id) ? id : null;

    /// <summary>All numbers that accounts get, should they be made.</summary>
    internal IEnumerable<uint> PinnedNumbers => _pinnedUsers.Values.Concat(_pinnedGroups.Values);

    /// <summary>The memberships that were asked for since the accounts were last written, in the order asked for.</summary>
    public IReadOnlyList<(string User, string Group)> RequestedMemberships => _memberships;

    internal LoginDefinitions Ranges => Load()._ranges ??= LoginDefinitions.Read(_tree);

    /// <summary>Finds a user by name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The user that the name service would give, or null.</returns>
    public UserAccount? FindUser(string name) => Users.FirstOrDefault(user => user.Name == name);

    /// <summary>Finds a group by name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The group that the name service would give, or null.</returns>
    public GroupAccount? FindGroup(string name) => Groups.FirstOrDefault(group => group.Name == name);

    /// <summary>Resolves a user's name or number.</summary>
    /// <param name="nameOrNumber">The name, or the number in decimal.</param>
    /// <param name="uid">The number, when the result is true.</param>
    /// <returns>False for a name that nobody has.</returns>
    public bool TryResolveUser(string nameOrNumber, out uint uid)
    {
        if (FindUser(nameOrNumber) is { } user)
        {
            uid = user.Uid;
            return true;
        }

        return uint.TryParse(nameOrNumber, out uid);
    }

    /// <summary>Resolves a group's name or number.</summary>
    /// <param name="nameOrNumber">The name, or the number in decimal.</param>
    /// <param name="gid">The number, when the result is true.</param>
    /// <returns>False for a name that no group has.</returns>
    public bool TryResolveGroup(string nameOrNumber, out uint gid)
    {
        if (FindGroup(nameOrNumber) is { } group)
        {
            gid = group.Gid;
            return true;
        }

        return uint.TryParse(nameOrNumber, out gid);
    }

    /// <summary>Adds a group.</summary>
    /// <param name="group">The group; nobody has its name.</param>
    public void Add(GroupAccount group) => Change()._groups.Add(group);

    /// <summary>Adds a user.</summary>
    /// <param name="user">The user; nobody has its name.</param>
    public void Add(UserAccount user) => Change()._users.Add(user);

    /// <summary>Puts a changed user in the place of the one of the same name.</summary>
    /// <param name="user">The changed user.</param>
    public void Replace(UserAccount user) => Change()._users[_users.FindIndex(other => other.Name == user.Name && other.Place == user.Place)] = user;

    /// <summary>Puts a changed group in the place of the one of the same name and place.</summary>
    /// <param name="group">The changed group.</param>
    public void Replace(GroupAccount group) => Change()._groups[_groups.FindIndex(other => other.Name == group.Name && other.Place == group.Place)] = group;

    /// <summary>
    /// Asks that a user be in a group. It is carried out when all accounts are known, in whichever files the group
    /// stands: the tools of the system would look in <c>/etc/group</c> only, and say nothing.
    /// </summary>
    /// <param name="user">The user's name.</param>
    /// <param name="group">The group's name.</param>
    public void RequestMembership(string user, string group)
    {
        if (!_memberships.Contains((user, group)))
        {
            _memberships.Add((user, group));
        }
    }

    internal AccountSnapshot Save()
    {
        Load();
        return new AccountSnapshot([.. _users], [.. _groups], [.. _memberships], _unwritten);
    }

    internal void Restore(AccountSnapshot snapshot)
    {
        // What was read is read again; what was not written yet is as it was.
        _read = null;
        _unwritten = false;
        Load();
        _users.Clear();
        _users.AddRange(snapshot.Users);
        _groups.Clear();
        _groups.AddRange(snapshot.Groups);
        _memberships.Clear();
        _memberships.AddRange(snapshot.Memberships);
        _unwritten = snapshot.Unwritten;
    }

    internal void ForgetMemberships() => _memberships.Clear();

    /// <summary>Moves accounts to where they belong: see <see cref="AccountPlacement"/>.</summary>
    internal void Rewrite(Func<UserAccount, UserAccount> user, Func<GroupAccount, GroupAccount> group)
    {
        Change();
        for (var i = 0; i < _users.Count; i++)
        {
            _users[i] = user(_users[i]);
        }

        for (var i = 0; i < _groups.Count; i++)
        {
            _groups[i] = group(_groups[i]);
        }
    }

    /// <summary>Writes the accounts into the image's files. Files that would not change are not touched.</summary>
    /// <param name="time">The modification time of what is written, in seconds since 1970.</param>
    public void Write(long time)
    {
        Load();
        foreach (var place in (ReadOnlySpan<AccountPlace>)[AccountPlace.Etc, AccountPlace.UsrLib])
        {
            AccountFiles.Write(_tree, AccountFiles.PasswdPath(place), _users.Where(user => user.Place == place).Select(user => user.ToString()), time);
            AccountFiles.Write(_tree, AccountFiles.GroupPath(place), _groups.Where(group => group.Place == place).Select(group => group.ToString()), time);
        }

        AccountFiles.Write(_tree, "/etc/shadow", ShadowLines(_shadow, _users.Where(NeedsShadow).Select(user => user.Name), name => $"{name}:!:{time / 86400}::::::"), time);
        AccountFiles.Write(_tree, "/etc/gshadow", ShadowLines(_groupShadow, _groups.Where(NeedsShadow).Select(group => group.Name), name => $"{name}:!::"), time);
        _read = Contents();
        _unwritten = false;
    }

    private static bool NeedsShadow(UserAccount user) => user is { Place: AccountPlace.Etc, Password: "x" };

    private static bool NeedsShadow(GroupAccount group) => group is { Place: AccountPlace.Etc, Password: "x" };

    // Lines stay in their order and keep their secrets; a locked one goes with its account.
    private static List<string> ShadowLines(List<string> lines, IEnumerable<string> names, Func<string, string> locked)
    {
        var wanted = names.ToList();
        if (lines.Count == 0)
        {
            return [];
        }

        var kept = lines.Where(line => wanted.Contains(Field(line, 0)) || Field(line, 1) is not ("*" or "!" or "!!" or "!*" or "x")).ToList();
        kept.AddRange(wanted.Where(name => kept.TrueForAll(line => Field(line, 0) != name)).Select(locked));
        return kept;
    }

    private static string Field(string line, int number)
    {
        var fields = line.Split(':', number + 2);
        return number < fields.Length ? fields[number] : "";
    }

    // Files change under us when a package brings them or a script rewrites them; then they are the truth.
    private AccountDatabase Load()
    {
        var contents = Contents();
        if (_read is not null && _read.SequenceEqual(contents))
        {
            return this;
        }

        _read = contents;
        _ranges = null;
        _usesAltFiles = NameServiceSwitch.UsesAltFiles(_tree);
        UserAccount[] pendingUsers = _unwritten ? [.. _users] : [];
        GroupAccount[] pendingGroups = _unwritten ? [.. _groups] : [];
        _users.Clear();
        _groups.Clear();
        foreach (var place in Places())
        {
            _users.AddRange(AccountFiles.ReadUsers(_tree, place));
            _groups.AddRange(AccountFiles.ReadGroups(_tree, place));
        }

        // What was added here and has not been written yet stands beside what the files say now.
        _users.AddRange(pendingUsers.Where(user => _users.TrueForAll(other => other.Name != user.Name)));
        _groups.AddRange(pendingGroups.Where(group => _groups.TrueForAll(other => other.Name != group.Name)));
        _shadow = AccountFiles.ReadShadow(_tree, "/etc/shadow");
        _groupShadow = AccountFiles.ReadShadow(_tree, "/etc/gshadow");
        return this;
    }

    private AccountDatabase Change()
    {
        Load();
        _unwritten = true;
        return this;
    }

    private IEnumerable<AccountPlace> Places() => _usesAltFiles ? [AccountPlace.Etc, AccountPlace.UsrLib] : [AccountPlace.Etc];

    private FileContent?[] Contents() =>
        [.. AccountFiles.All.Append(NameServiceSwitch.Path).Select(path => _tree.Resolve(path)?.Inode.Content)];
}

/// <summary>Accounts as they were at a moment.</summary>
internal sealed record AccountSnapshot(
    IReadOnlyList<UserAccount> Users,
    IReadOnlyList<GroupAccount> Groups,
    IReadOnlyList<(string User, string Group)> Memberships,
    bool Unwritten);

namespace NodeImage.Compose.Accounts;

/// <summary>Chooses numbers for system accounts, as the tools do whose place is taken here, so that the numbers are theirs.</summary>
internal static class IdAllocator
{
    /// <summary>The number that <c>useradd --system</c> takes: below the lowest in use (shadow-utils, <c>lib/find_new_uid.c</c>).</summary>
    /// <returns>The number, or null where the range is full.</returns>
    public static uint? BelowLowestUid(AccountDatabase accounts) =>
        BelowLowest(accounts.Users.Select(user => user.Uid), accounts.Ranges.SystemUidMin, accounts.Ranges.SystemUidMax, accounts);

    /// <summary>The number that <c>groupadd --system</c> takes: below the lowest in use (shadow-utils, <c>lib/find_new_gid.c</c>).</summary>
    /// <returns>The number, or null where the range is full.</returns>
    public static uint? BelowLowestGid(AccountDatabase accounts) =>
        BelowLowest(accounts.Groups.Select(group => group.Gid), accounts.Ranges.SystemGidMin, accounts.Ranges.SystemGidMax, accounts);

    /// <summary>The number that <c>systemd-sysusers</c> takes for a user and its group: the highest that is neither's (<c>sysusers.c</c>).</summary>
    /// <returns>The number, or null where the range is full.</returns>
    public static uint? HighestFree(AccountDatabase accounts, bool asUser)
    {
        var used = accounts.Groups.Select(group => group.Gid).Concat(asUser ? accounts.Users.Select(user => user.Uid) : []).ToHashSet();
        if (!asUser)
        {
            // A group's number is not taken from a user either, whose own group it would seem to be.
            used.UnionWith(accounts.Users.Select(user => user.Uid));
        }

        used.UnionWith(accounts.PinnedNumbers);

        for (var id = accounts.Ranges.SystemUidMax; id >= accounts.Ranges.SystemUidMin && id > 0; id--)
        {
            if (!used.Contains(id))
            {
                return id;
            }
        }

        return null;
    }

    private static uint? BelowLowest(IEnumerable<uint> inUse, uint min, uint max, AccountDatabase accounts)
    {
        var used = inUse.ToHashSet();
        var candidate = used.Where(id => id >= min && id <= max).DefaultIfEmpty(max + 1).Min() - 1;

        // What is pinned is kept for its account.
        used.UnionWith(accounts.PinnedNumbers);
        for (var id = candidate; id >= min && id > 0; id--)
        {
            if (!used.Contains(id))
            {
                return id;
            }
        }

        // The bottom of the range is reached: holes further up are filled from the top.
        for (var id = max; id > candidate; id--)
        {
            if (!used.Contains(id))
            {
                return id;
            }
        }

        return null;
    }
}

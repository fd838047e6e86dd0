namespace NodeImage.Compose.Accounts;

/// <summary>
/// Which accounts belong to the machine and which to the image. Where altfiles are read, system accounts belong to
/// <c>/usr/lib</c>: a machine that has changed its <c>/etc/passwd</c> would never see the ones an update brings.
/// </summary>
internal static class AccountPlacement
{
    private const uint FirstHumanId = 1000;
    private const uint Nobody = 65534;

    // Groups that administrators join; RHEL CoreOS keeps the same ones (its manifest's etc-group-members).
    private static readonly HashSet<string> MachineGroups = new(StringComparer.Ordinal) { "root", "wheel", "sudo", "systemd-journal", "adm" };

    /// <summary>Moves accounts to their places.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="isInherited">Tells the accounts that a base image has put in their place already.</param>
    /// <param name="machineGroups">The groups that stay in <c>/etc/group</c>; none for the usual ones.</param>
    public static void Apply(AccountDatabase accounts, Func<string, bool> isInherited, IReadOnlyCollection<string>? machineGroups = null)
    {
        var inEtc = machineGroups is not { Count: > 0 } ? MachineGroups : machineGroups.Append("root").ToHashSet(StringComparer.Ordinal);
        if (!accounts.UsesAltFiles)
        {
            return;
        }

        accounts.Rewrite(
            user => user.Name != "root" && IsSystem(user.Uid) && !isInherited(user.Name) ? user with { Place = AccountPlace.UsrLib } : user,
            group => !inEtc.Contains(group.Name) && IsSystem(group.Gid) && !isInherited(group.Name) ? group with { Place = AccountPlace.UsrLib } : group);
    }

    private static bool IsSystem(uint id) => id is < FirstHumanId or Nobody;
}

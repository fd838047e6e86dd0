namespace NodeImage.Rpm.Signatures;

/// <summary>Decides what is reported (<c>rpmvsVerify</c> in rpm's <c>lib/rpmvs.c</c>, at the verification level <c>digest</c>).</summary>
internal static class RpmCheckReport
{
    /// <summary>Makes the report of checks that have ended.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="payloadWasRead">Whether the payload could be checked.</param>
    /// <returns>The results in rpm's order.</returns>
    public static IReadOnlyList<RpmCheck> Make(List<PendingCheck> checks, bool payloadWasRead)
    {
        checks.Sort(Compare);
        var verified = new RpmCheckRange[(int)RpmCheckKind.Signature + 1];
        var range = RpmCheckRange.None;
        foreach (var check in checks)
        {
            if (check.Definition.IsInHeader && (verified[(int)RpmCheckKind.Signature] & RpmCheckRange.Header) != 0)
            {
                check.Strength = RpmCheckKind.Signature;
            }

            if (check.Status == RpmCheckStatus.Ok)
            {
                verified[(int)check.Definition.Kind] |= check.Definition.Range;
                verified[(int)check.Strength] |= check.Definition.Range;
            }

            range |= check.Definition.Range;
        }

        if (!payloadWasRead)
        {
            range &= ~RpmCheckRange.Payload;
        }

        // A package that is signed must be signed whole.
        var missing = new RpmCheckRange[verified.Length];
        missing[(int)RpmCheckKind.Digest] = range & ~verified[(int)RpmCheckKind.Digest];
        missing[(int)RpmCheckKind.Signature] = verified[(int)RpmCheckKind.Signature] == 0 ? 0 : range & ~verified[(int)RpmCheckKind.Signature];

        var report = new List<RpmCheck>();
        foreach (var check in checks)
        {
            if (check.Status == RpmCheckStatus.Bad && FindAlternative(checks, check)?.Status == RpmCheckStatus.Ok)
            {
                check.Status = RpmCheckStatus.NotFound;
            }

            var isMissed = (missing[(int)check.Definition.Kind] & check.Definition.Range) != 0
                || (missing[(int)check.Strength] & check.Definition.Range) != 0;
            if (isMissed || check.Status != RpmCheckStatus.NotFound)
            {
                report.Add(check.ToCheck());
            }
        }

        return report;
    }

    private static PendingCheck? FindAlternative(List<PendingCheck> checks, PendingCheck check) => checks.Find(other =>
        other.Definition.Family == check.Definition.Family && (other.Definition.Tag != check.Definition.Tag || other.Item != check.Item));

    private static int Compare(PendingCheck left, PendingCheck right)
    {
        var order = left.Definition.Range.CompareTo(right.Definition.Range);
        order = order != 0 ? order : right.Definition.Kind.CompareTo(left.Definition.Kind);
        order = order != 0 ? order : right.DigestAlgorithm.CompareTo(left.DigestAlgorithm);
        order = order != 0 ? order : right.Definition.Tag.CompareTo(left.Definition.Tag);
        order = order != 0 ? order : right.Item.CompareTo(left.Item);
        return order != 0 ? order : right.Definition.Family.CompareTo(left.Definition.Family);
    }
}

using System.IO.Enumeration;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// Groups of vendors whose packages may replace each other. A group is a list of patterns (<c>*</c> and <c>?</c>, case does not
/// matter); one that begins with <c>!</c> keeps what it matches out of the group.
/// </summary>
internal sealed class VendorClasses(IReadOnlyList<IReadOnlyList<string>> classes)
{
    public bool AreCompatible(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        || classes.Any(patterns => IsIn(patterns, left) && IsIn(patterns, right));

    private static bool IsIn(IReadOnlyList<string> patterns, string vendor)
    {
        foreach (var pattern in patterns)
        {
            var excludes = pattern.StartsWith('!');
            if (FileSystemName.MatchesSimpleExpression(pattern.AsSpan(excludes ? 1 : 0), vendor, ignoreCase: true))
            {
                return !excludes;
            }
        }

        return false;
    }
}

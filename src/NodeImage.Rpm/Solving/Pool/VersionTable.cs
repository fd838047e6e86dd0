using System.Buffers;
using NodeImage.Rpm.Versions;

namespace NodeImage.Rpm.Solving;

/// <summary>Stores each version once, so that equal ones have the same number.</summary>
internal sealed class VersionTable
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly List<Evr> _versions = [new Evr(0, "", null)];
    private readonly Dictionary<Evr, int> _numbers = [];

    public Evr this[int version] => _versions[version];

    public int Intern(Evr version)
    {
        // "4-" means the same as "4" to rpm.
        var normal = version.Release is { Length: 0 } ? version with { Release = null } : version;
        if (!_numbers.TryGetValue(normal, out var number))
        {
            number = _versions.Count;
            _versions.Add(normal);
            _numbers.Add(normal, number);
        }

        return number;
    }

    /// <summary>The full order: an absent release sorts before any other.</summary>
    public int Compare(int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        var a = _versions[left];
        var b = _versions[right];
        var order = CompareWithoutRelease(a, b);
        if (order != 0)
        {
            return order;
        }

        return a.Release is null || b.Release is null
            ? (a.Release is null ? 0 : 1) - (b.Release is null ? 0 : 1)
            : RpmVersion.Compare(a.Release, b.Release);
    }

    /// <summary>Epoch and version only.</summary>
    public int CompareWithoutRelease(int left, int right) =>
        left == right ? 0 : CompareWithoutRelease(_versions[left], _versions[right]);

    /// <summary>Whether a package of one version lies within a range: a range without a release takes any release.</summary>
    public bool Matches(int version, VersionRange range, int bound)
    {
        if (version == bound)
        {
            return (range & VersionRange.Equal) != 0;
        }

        if (range is VersionRange.None or VersionRange.All)
        {
            return range == VersionRange.All;
        }

        return CompareForRange(version, bound) switch
        {
            -2 => true,
            -1 => (range & VersionRange.Less) != 0,
            1 => (range & VersionRange.Greater) != 0,
            _ => (range & VersionRange.Equal) != 0,
        };
    }

    /// <summary>Whether what is provided and what is asked for have a version in common.</summary>
    public bool Overlaps(VersionRange provided, int providedBound, VersionRange asked, int askedBound)
    {
        if (provided == VersionRange.None || asked == VersionRange.None)
        {
            return false;
        }

        if (provided == VersionRange.All || asked == VersionRange.All
            || (provided & asked & (VersionRange.Less | VersionRange.Greater)) != 0)
        {
            return true;
        }

        var both = (provided & asked & VersionRange.Equal) != 0;
        if (providedBound == askedBound)
        {
            return both;
        }

        return CompareForRange(providedBound, askedBound) switch
        {
            -2 => (provided & VersionRange.Equal) != 0,
            -1 => (asked & VersionRange.Less) != 0 || (provided & VersionRange.Greater) != 0,
            1 => (asked & VersionRange.Greater) != 0 || (provided & VersionRange.Less) != 0,
            2 => (asked & VersionRange.Equal) != 0,
            _ => both,
        };
    }

    /// <summary>As <see cref="Compare"/>, but -2 or 2 where all that differs is that left or right has no release.</summary>
    public int CompareForRange(int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        var a = _versions[left];
        var b = _versions[right];
        var order = CompareWithoutRelease(a, b);
        if (order != 0)
        {
            return Math.Sign(order);
        }

        return (a.Release, b.Release) switch
        {
            (null, null) => 0,
            (null, _) => -2,
            (_, null) => 2,
            _ => Math.Sign(RpmVersion.Compare(a.Release, b.Release)),
        };
    }

    /// <summary>Whether a version is rather a checksum, such as those that build ids are provided with.</summary>
    public bool IsChecksum(int version)
    {
        var evr = _versions[version];
        return evr.Epoch == 0
            && evr.Release is null
            && evr.Version.Length >= 4
            && !evr.Version.AsSpan().ContainsAnyExcept(LowerHex);
    }

    private static int CompareWithoutRelease(Evr a, Evr b)
    {
        var order = a.Epoch.CompareTo(b.Epoch);
        return order != 0 ? order : RpmVersion.Compare(a.Version, b.Version);
    }
}

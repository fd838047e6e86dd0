namespace NodeImage.Rpm.Solving;

/// <summary>A package in numbers. Lists are indexes into <see cref="PackagePool.DependencyLists"/>, where a 0 ends each.</summary>
internal struct PackageRecord
{
    /// <summary>The number of the bare dependency on the package's name.</summary>
    public int Name;
    public int Version;
    public int Architecture;
    public int Vendor;
    public int Repository;
    public bool IsSource;

    /// <summary>When the package was built, or 0 where that is not known.</summary>
    public long BuildTime;

    public int Provides;
    public int Requires;
    public int Conflicts;
    public int Obsoletes;
    public int Recommends;
    public int Suggests;
    public int Supplements;
    public int Enhances;
}

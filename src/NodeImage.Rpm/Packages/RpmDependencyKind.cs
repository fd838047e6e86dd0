namespace NodeImage.Rpm.Packages;

/// <summary>What a package says about a capability.</summary>
public enum RpmDependencyKind
{
    /// <summary>The package has it.</summary>
    Provides,

    /// <summary>The package cannot do without it.</summary>
    Requires,

    /// <summary>The package cannot be installed beside it.</summary>
    Conflicts,

    /// <summary>The package takes the place of packages of that name.</summary>
    Obsoletes,

    /// <summary>The package wants it where it can be had.</summary>
    Recommends,

    /// <summary>The package would go well with it.</summary>
    Suggests,

    /// <summary>The package wants to be installed where it is.</summary>
    Supplements,

    /// <summary>The package goes well with it.</summary>
    Enhances,

    /// <summary>The package is installed after it where both are installed at once.</summary>
    Orders,
}

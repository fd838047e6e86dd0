namespace NodeImage.Rpm.Dependencies;

/// <summary>
/// What qualifies a dependency. The values are those of <c>rpmsenseFlags</c> in rpm's <c>rpmds.h</c>, so that a header's
/// numbers can be taken as they are.
/// </summary>
[Flags]
public enum DependencyFlags
{
    /// <summary>Any version will do.</summary>
    Any = 0,

    /// <summary>Versions below the one given.</summary>
    Less = 1 << 1,

    /// <summary>Versions above the one given.</summary>
    Greater = 1 << 2,

    /// <summary>The version given.</summary>
    Equal = 1 << 3,

    /// <summary>The three that compare versions.</summary>
    Comparison = Less | Greater | Equal,

    /// <summary>Needed while packages are installed, before the package itself.</summary>
    Prerequisite = 1 << 6,

    /// <summary>Found by the package manager's own interpreter check.</summary>
    Interpreter = 1 << 8,

    /// <summary>Needed by the script that runs before the package is installed.</summary>
    ScriptPre = 1 << 9,

    /// <summary>Needed by the script that runs after the package is installed.</summary>
    ScriptPost = 1 << 10,

    /// <summary>Needed by the script that runs before the package is removed.</summary>
    ScriptPreUninstall = 1 << 11,

    /// <summary>Needed by the script that runs after the package is removed.</summary>
    ScriptPostUninstall = 1 << 12,

    /// <summary>Needed by the script that verifies the package.</summary>
    ScriptVerify = 1 << 13,

    /// <summary>Found by a dependency generator.</summary>
    FindRequires = 1 << 14,

    /// <summary>Found by a dependency generator.</summary>
    FindProvides = 1 << 15,

    /// <summary>A trigger that runs when the other package has been installed.</summary>
    TriggerInstall = 1 << 16,

    /// <summary>A trigger that runs when the other package is about to be removed.</summary>
    TriggerUninstall = 1 << 17,

    /// <summary>A trigger that runs when the other package has been removed.</summary>
    TriggerPostUninstall = 1 << 18,

    /// <summary>Only a hint (an old spelling of weak dependencies).</summary>
    MissingOk = 1 << 19,

    /// <summary>Needed by the script that runs before the transaction.</summary>
    ScriptPreTransaction = 1 << 7,

    /// <summary>Needed by the script that runs after the transaction.</summary>
    ScriptPostTransaction = 1 << 5,

    /// <summary>A feature of rpm itself, as in <c>rpmlib(...)</c>.</summary>
    RpmLib = 1 << 24,

    /// <summary>A trigger that runs before the other package is installed.</summary>
    TriggerPreInstall = 1 << 25,

    /// <summary>A public key in the database that counts as a package.</summary>
    KeyRing = 1 << 26,

    /// <summary>A configuration file's own dependency.</summary>
    Config = 1 << 28,

    /// <summary>A hint that says nothing about the order of packages.</summary>
    Meta = 1 << 29,
}

namespace NodeImage.Rpm.Packages;

/// <summary>What became of a file of an installed package. The values are those of <c>rpmfileState</c> in rpm's <c>rpmfiles.h</c>.</summary>
public enum RpmFileState
{
    /// <summary>It is there.</summary>
    Normal = 0,

    /// <summary>Another package put its own in its place.</summary>
    Replaced = 1,

    /// <summary>It was left out, as documentation or another locale's file can be.</summary>
    NotInstalled = 2,

    /// <summary>It lies on a file system that is shared over the network.</summary>
    NetShared = 3,

    /// <summary>Another architecture's file is preferred.</summary>
    WrongColor = 4,
}

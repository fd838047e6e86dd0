using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>A table beside the packages, by which they are found: one row for each item of an entry of their headers.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Tag">The entry.</param>
/// <param name="IsText">Whether keys are text rather than bytes.</param>
/// <param name="IsArray">Whether a package may have several rows.</param>
internal sealed record IndexTable(string Name, RpmTag Tag, bool IsText = true, bool IsArray = true)
{
    /// <summary>All tables, in the order in which rpm makes them (<c>dbiTags</c> in <c>lib/rpmdb.c</c>).</summary>
    public static readonly IndexTable[] All =
    [
        new("Name", RpmTag.Name, IsArray: false),
        new("Basenames", RpmTag.BaseNames),
        new("Group", RpmTag.Group, IsArray: false),
        new("Requirename", RpmTag.RequireName),
        new("Providename", RpmTag.ProvideName),
        new("Conflictname", RpmTag.ConflictName),
        new("Obsoletename", RpmTag.ObsoleteName),
        new("Triggername", RpmTag.TriggerName),
        new("Dirnames", RpmTag.DirNames),
        new("Installtid", RpmTag.InstallTid, IsText: false, IsArray: false),
        new("Sigmd5", RpmTag.SigMd5, IsText: false, IsArray: false),
        new("Sha1header", RpmTag.Sha1Header, IsArray: false),
        new("Filetriggername", RpmTag.FileTriggerName),
        new("Transfiletriggername", RpmTag.TransFileTriggerName),
        new("Recommendname", RpmTag.RecommendName),
        new("Suggestname", RpmTag.SuggestName),
        new("Supplementname", RpmTag.SupplementName),
        new("Enhancename", RpmTag.EnhanceName),
    ];
}

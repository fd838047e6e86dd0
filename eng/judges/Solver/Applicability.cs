namespace NodeImage.Judges.Solver;

/// <summary>Decides which test cases count. Nothing is solved by us before that, and nothing depends on a file's name.</summary>
internal static class Applicability
{
    private static readonly string[] RpmTypes = ["rpm", "*"];

    /// <summary>Says why a case does not count.</summary>
    /// <param name="prepared">The case.</param>
    /// <param name="installsOnly">Whether all of its jobs must install.</param>
    /// <returns>The reason, or null where the case counts.</returns>
    public static string? Refuse(PreparedCase prepared, bool installsOnly)
    {
        var jobs = prepared.Words.Where(line => line[0] == "job").ToList();
        return jobs.Count == 0 ? "no job is to be done"
            : !prepared.Words.Where(line => line[0] == "system" && line.Length > 2).All(line => line[2].Split(',').Any(RpmTypes.Contains)) ? "the packages are not rpm's"
            : prepared.Unknown ? "a repository is in another format or not among the data"
            : !prepared.ExpectsTransaction ? "no transaction is expected"
            : jobs.Exists(job => installsOnly ? job[1] != "install" : job[1] == "noop") ? installsOnly ? "other jobs than installing" : "packages are selected, not installed"
            : !prepared.ReferencePasses() ? "testsolv itself finds another result"
            : null;
    }
}

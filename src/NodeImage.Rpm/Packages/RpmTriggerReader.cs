using NodeImage.Rpm.Dependencies;

namespace NodeImage.Rpm.Packages;

/// <summary>Decodes the triggers of a header: scripts, and conditions that name the script they belong to.</summary>
internal static class RpmTriggerReader
{
    private sealed record Tags(
        RpmTriggerKind Kind,
        RpmTag Scripts,
        RpmTag Programs,
        RpmTag ScriptFlags,
        RpmTag Names,
        RpmTag Versions,
        RpmTag Flags,
        RpmTag Indexes,
        RpmTag Priorities);

    private static readonly Tags[] Kinds =
    [
        new(RpmTriggerKind.Package, RpmTag.TriggerScripts, RpmTag.TriggerScriptProgram, RpmTag.TriggerScriptFlags,
            RpmTag.TriggerName, RpmTag.TriggerVersion, RpmTag.TriggerFlags, RpmTag.TriggerIndex, 0),
        new(RpmTriggerKind.File, RpmTag.FileTriggerScripts, RpmTag.FileTriggerScriptProgram, RpmTag.FileTriggerScriptFlags,
            RpmTag.FileTriggerName, RpmTag.FileTriggerVersion, RpmTag.FileTriggerFlags, RpmTag.FileTriggerIndex, RpmTag.FileTriggerPriorities),
        new(RpmTriggerKind.TransactionFile, RpmTag.TransFileTriggerScripts, RpmTag.TransFileTriggerScriptProgram,
            RpmTag.TransFileTriggerScriptFlags, RpmTag.TransFileTriggerName, RpmTag.TransFileTriggerVersion,
            RpmTag.TransFileTriggerFlags, RpmTag.TransFileTriggerIndex, RpmTag.TransFileTriggerPriorities),
    ];

    /// <summary>Decodes the triggers of a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="source">The file that it comes from, for messages.</param>
    /// <returns>The triggers, in the order of <see cref="RpmTriggerKind"/> and then of their scripts.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2305: a condition belongs to no script.</exception>
    public static IReadOnlyList<RpmTrigger> Read(RpmHeader header, string source)
    {
        var triggers = new List<RpmTrigger>();
        foreach (var tags in Kinds)
        {
            if (header.Contains(tags.Names))
            {
                Read(header, tags, source, triggers);
            }
        }

        return triggers;
    }

    private static void Read(RpmHeader header, Tags tags, string source, List<RpmTrigger> triggers)
    {
        var conditions = RpmDependencyReader.Read(header, tags.Names, tags.Versions, tags.Flags, source);
        var scripts = header.GetStrings(tags.Scripts);
        var programs = header.GetStrings(tags.Programs);
        var flags = header.GetUInt32s(tags.ScriptFlags);
        var priorities = tags.Priorities == 0 ? [] : header.GetUInt32s(tags.Priorities);
        var indexes = header.GetUInt32s(tags.Indexes);
        if (indexes.Length != conditions.Count || Array.Exists(indexes, index => index >= scripts.Length))
        {
            throw PackageDiagnostics.MalformedScriptlets.Error(null, source, $"conditions in {tags.Names} belong to no script");
        }

        var byScript = new List<Dependency>[scripts.Length];
        for (var i = 0; i < indexes.Length; i++)
        {
            (byScript[indexes[i]] ??= []).Add(conditions[i]);
        }

        for (var i = 0; i < scripts.Length; i++)
        {
            triggers.Add(new RpmTrigger(
                tags.Kind,
                byScript[i] ?? [],
                i < programs.Length ? programs[i] : "/bin/sh",
                scripts[i],
                i < flags.Length ? (RpmScriptletFlags)flags[i] : 0,
                i < priorities.Length ? priorities[i] : RpmTrigger.DefaultPriority));
        }
    }
}

using System.Globalization;
using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Versions;

namespace NodeImage.Judges.Rpm;

/// <summary>Reads every package beside <c>rpm -qp</c>, and compares field by field. What rpm refuses must be refused.</summary>
internal sealed class PackageJudge : Judge
{
    private const string None = "(none)";

    private static readonly (RpmDependencyKind Kind, string Tag)[] DependencyKinds =
    [
        (RpmDependencyKind.Provides, "PROVIDE"), (RpmDependencyKind.Requires, "REQUIRE"), (RpmDependencyKind.Conflicts, "CONFLICT"),
        (RpmDependencyKind.Obsoletes, "OBSOLETE"), (RpmDependencyKind.Recommends, "RECOMMEND"), (RpmDependencyKind.Suggests, "SUGGEST"),
        (RpmDependencyKind.Supplements, "SUPPLEMENT"), (RpmDependencyKind.Enhances, "ENHANCE"), (RpmDependencyKind.Orders, "ORDER"),
    ];

    private static readonly (RpmScriptletKind Kind, string Tag)[] ScriptletKinds =
    [
        (RpmScriptletKind.PreInstall, "PREIN"), (RpmScriptletKind.PostInstall, "POSTIN"), (RpmScriptletKind.PreUninstall, "PREUN"),
        (RpmScriptletKind.PostUninstall, "POSTUN"), (RpmScriptletKind.PreTransaction, "PRETRANS"),
        (RpmScriptletKind.PostTransaction, "POSTTRANS"), (RpmScriptletKind.Verify, "VERIFYSCRIPT"),
    ];

    public override string Name => "rpm";

    public override IReadOnlyList<string> Peers => ["rpm"];

    public override double Bar => 0.9;

    public override void Run(JudgeContext context, Verdict verdict)
    {
        foreach (var (path, subject) in PackageFiles.All(context))
        {
            verdict.Decide(subject, () => Compare(context, path));
        }
    }

    private static string? Compare(JudgeContext context, string path)
    {
        var theirs = PackageQuery.Ask(context, path);
        var ours = Read(path, out var refusal);
        return (ours, theirs) switch
        {
            (null, null) => null,
            (null, _) => $"we refuse it, rpm does not: {refusal}",
            (_, null) => "rpm refuses it, we do not",
            _ => Differences(ours, theirs).FirstOrDefault(),
        };
    }

    // As rpm -qp does: the headers, and what can be verified of them without keys.
    private static RpmPackageInfo? Read(string path, out string refusal)
    {
        refusal = "";
        try
        {
            var package = RpmPackageFile.Open(path);
            using var verification = RpmVerification.Begin(package, new RpmKeyring());
            var bad = verification.FinishHeader().FirstOrDefault(check => check.Status == RpmCheckStatus.Bad);
            refusal = bad?.ToString() ?? "";
            return bad is null ? package.Info : null;
        }
        catch (DiagnosticException e)
        {
            refusal = e.Message;
            return null;
        }
    }

    private static IEnumerable<string> Differences(RpmPackageInfo ours, PackageQuery theirs)
    {
        (string Tag, string Value)[] scalars =
        [
            ("NAME", ours.Nevra.Name), ("VERSION", ours.Nevra.Evr.Version), ("RELEASE", ours.Nevra.Evr.Release ?? ""),
            ("ARCHSUFFIX", "." + ours.Nevra.Architecture), ("SUMMARY", ours.Summary), ("DESCRIPTION", ours.Description),
            ("LICENSE", ours.License), ("VENDOR", ours.Vendor), ("PACKAGER", ours.Packager), ("URL", ours.Url), ("GROUP", ours.Group),
            ("BUILDHOST", ours.BuildHost), ("SOURCERPM", ours.SourceRpm ?? ""), ("MODULARITYLABEL", ours.ModularityLabel),
            ("BUILDTIME", Text(ours.BuildTime)), ("LONGSIZE", Text(ours.InstalledSize)), ("EPOCH", Text(ours.Nevra.Evr.Epoch)),
            ("PAYLOADCOMPRESSOR", ours.PayloadCompressor),
        ];
        foreach (var (tag, value) in scalars)
        {
            var theirValue = theirs.Scalar(tag);
            var missing = tag switch
            {
                "EPOCH" or "BUILDTIME" or "LONGSIZE" => "0",
                "PAYLOADCOMPRESSOR" => "gzip",
                _ => "",
            };
            if (value != theirValue && !(theirValue == None && value == missing))
            {
                yield return $"{tag} is '{value}', rpm says '{theirValue}'";
            }
        }

        var found = DependencyKinds.SelectMany(kind => CompareDependencies(ours.GetDependencies(kind.Kind), theirs, kind.Tag))
            .Concat(CompareFiles(ours.Files, theirs))
            .Concat(ScriptletKinds.SelectMany(kind => CompareScriptlet(ours.Scriptlets.FirstOrDefault(script => script.Kind == kind.Kind), theirs, kind.Tag)))
            .Concat(CompareTriggers(ours, theirs, RpmTriggerKind.Package, "TRIGGER"))
            .Concat(CompareTriggers(ours, theirs, RpmTriggerKind.File, "FILETRIGGER"))
            .Concat(CompareTriggers(ours, theirs, RpmTriggerKind.TransactionFile, "TRANSFILETRIGGER"))
            .Concat(Compare("PAYLOADDIGEST", ours.Header.GetStrings(RpmTag.PayloadSha256), theirs.Array("PAYLOADDIGEST")));
        foreach (var difference in found)
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> CompareDependencies(IReadOnlyList<Dependency> ours, PackageQuery theirs, string kind)
    {
        var names = theirs.Array($"{kind}NAME");
        var versions = theirs.Array($"{kind}VERSION");
        var flags = theirs.Array($"{kind}FLAGS");
        var expected = names.Select((name, i) => new Dependency(
            name,
            i < flags.Length ? (DependencyFlags)uint.Parse(flags[i], CultureInfo.InvariantCulture) : 0,
            i < versions.Length && versions[i].Length > 0 ? Evr.Parse(versions[i]) : null));
        return Compare($"{kind}NAME", ours.Select(Show), expected.Select(Show));
    }

    private static string Show(Dependency dependency) => $"{dependency.Name} {(uint)dependency.Flags} {dependency.Version}";

    private static IEnumerable<string> CompareFiles(RpmFileList ours, PackageQuery theirs) =>
    [
        .. Compare("FILENAMES", ours.Select(file => file.Path), theirs.Array("FILENAMES")),
        .. Compare("FILEMODES", ours.Select(file => Text(file.Mode)), theirs.Array("FILEMODES")),
        .. Compare("FILEUSERNAME", ours.Select(file => file.User), theirs.Array("FILEUSERNAME")),
        .. Compare("FILEGROUPNAME", ours.Select(file => file.Group), theirs.Array("FILEGROUPNAME")),
        .. Compare("LONGFILESIZES", ours.Select(file => Text(file.Size)), theirs.Array("LONGFILESIZES")),
        .. Compare("FILEMTIMES", ours.Select(file => Text(file.ModificationTime)), theirs.Array("FILEMTIMES")),
        .. Compare("FILEDIGESTS", ours.Select(file => Convert.ToHexStringLower(file.Digest.Span)), theirs.Array("FILEDIGESTS")),
        .. Compare("FILELINKTOS", ours.Select(file => file.LinkTarget), theirs.Array("FILELINKTOS")),
        .. Compare("FILEFLAGS", ours.Select(file => Text((int)file.Flags)), theirs.Array("FILEFLAGS")),
        .. Compare("FILERDEVS", ours.Select(file => Text(file.DeviceNumber)), theirs.Array("FILERDEVS")),
        .. Compare("FILECAPS", ours.Select(file => file.Capabilities), theirs.Array("FILECAPS"), missing: ""),
        .. Compare("FILELANGS", ours.Select(file => file.Languages), theirs.Array("FILELANGS"), missing: ""),
        .. Compare("FILECOLORS", ours.Select(file => Text(file.Color)), theirs.Array("FILECOLORS"), missing: "0"),
        .. Compare("FILEVERIFYFLAGS", ours.Select(file => Text(file.VerifyFlags)), theirs.Array("FILEVERIFYFLAGS")),
        .. Compare("FILENLINKS", ours.Select(file => Text(Math.Max(1, file.HardLinks.Count))), theirs.Array("FILENLINKS")),
    ];

    private static IEnumerable<string> CompareScriptlet(RpmScriptlet? ours, PackageQuery theirs, string tag)
    {
        var body = theirs.Scalar(tag);
        var program = theirs.Array($"{tag}PROG");
        if (ours is null)
        {
            return body == None && program.Length == 0 ? [] : [$"{tag} is not found"];
        }

        var flags = theirs.Scalar($"{tag}FLAGS");
        return
        [
            .. Compare(tag, [ours.Body ?? None], [body]),
            .. Compare($"{tag}PROG", ours.Interpreter, program.Length > 0 ? program : ["/bin/sh"]),
            .. Compare($"{tag}FLAGS", [Text((int)ours.Flags)], [flags == None ? "0" : flags]),
        ];
    }

    private static IEnumerable<string> CompareTriggers(RpmPackageInfo info, PackageQuery theirs, RpmTriggerKind kind, string tag)
    {
        var ours = info.Triggers.Where(trigger => trigger.Kind == kind).ToList();
        var names = theirs.Array($"{tag}NAME");
        var indexes = theirs.Array($"{tag}INDEX");
        var conditions = names.Select((name, i) => (Index: indexes[i], Text: $"{name} {theirs.Array($"{tag}FLAGS")[i]}"))
            .OrderBy(condition => int.Parse(condition.Index, CultureInfo.InvariantCulture));
        var ourConditions = ours.SelectMany((trigger, i) => trigger.Conditions.Select(condition => (Index: Text(i), Text: $"{condition.Name} {(uint)condition.Flags}")));
        return
        [
            .. Compare($"{tag}SCRIPTS", ours.Select(trigger => trigger.Body), theirs.Array($"{tag}SCRIPTS")),
            .. Compare($"{tag}SCRIPTPROG", ours.Select(trigger => trigger.Interpreter), theirs.Array($"{tag}SCRIPTPROG")),
            .. Compare($"{tag}NAME", ourConditions.Select(condition => condition.ToString()), conditions.Select(condition => condition.ToString())),
            .. kind == RpmTriggerKind.Package
                ? []
                : Compare($"{tag}PRIORITIES", ours.Select(trigger => Text(trigger.Priority)), theirs.Array($"{tag}PRIORITIES"), Text(RpmTrigger.DefaultPriority)),
        ];
    }

    // An entry that a header lacks is as good as one that says the same of everything.
    private static IEnumerable<string> Compare(string tag, IEnumerable<string> ours, IReadOnlyList<string> theirs, string? missing = null)
    {
        var list = ours.ToList();
        return list.SequenceEqual(theirs) || (theirs.Count == 0 && missing is not null && list.TrueForAll(value => value == missing))
            ? []
            : [$"{tag} differs: {string.Join(", ", list.Except(theirs).Take(3))} for {string.Join(", ", theirs.Except(list).Take(3))} ({list.Count} for {theirs.Count})"];
    }

    private static IEnumerable<string> Compare(string tag, IEnumerable<string> ours, IEnumerable<string> theirs) => Compare(tag, ours, theirs.ToList());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

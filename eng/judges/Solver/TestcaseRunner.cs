using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Solving;
using NodeImage.Rpm.Versions;

namespace NodeImage.Judges.Solver;

/// <summary>Gives a section of a test case to the solver and writes the result the way <c>testsolv</c> does.</summary>
internal sealed class TestcaseRunner
{
    private readonly TestcaseSection _section;
    private readonly PackagePool _pool;
    private readonly Dictionary<string, PoolPackage> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackageRepository> _repositories = new(StringComparer.Ordinal);

    private TestcaseRunner(TestcaseSection section)
    {
        _section = section;
        _pool = BuildPool();
        foreach (var package in _pool.Enumerate())
        {
            _packages.TryAdd(Format(package), package);
            _packages.TryAdd(FormatNevra(package), package);
        }
    }

    public static SolverResult Solve(TestcaseSection section)
    {
        var runner = new TestcaseRunner(section);
        return DependencySolver.Solve(runner._pool, runner.Request());
    }

    /// <summary>The lines that testsolv prints for a transaction.</summary>
    public static IEnumerable<string> Lines(SolverResult result)
    {
        foreach (var step in result.Transaction.Steps)
        {
            if (step.Kind == TransactionStepKind.Erase)
            {
                yield return $"erase {Format(step.Package)}" + (step.ObsoletedBy is null ? "" : $" {Format(step.ObsoletedBy)}");
            }
            else if (step.Replaces.Count == 0)
            {
                yield return $"install {Format(step.Package)}";
            }

            foreach (var replaced in step.Replaces)
            {
                yield return $"{replaced.Kind.ToString().ToLowerInvariant()} {Format(replaced.Package)} {Format(step.Package)}";
            }
        }
    }

    private static string FormatNevra(PoolPackage package) =>
        $"{package.Nevra.Name}-{package.Nevra.Evr}" + (package.Nevra.Architecture.Length == 0 ? "" : $".{package.Nevra.Architecture}");

    private static string Format(PoolPackage package) => $"{FormatNevra(package)}@{package.Repository.Id}";

    private PackagePool BuildPool()
    {
        var flags = _section.PoolFlags;
        var builder = new PackagePoolBuilder(Policy(), new PoolOptions
        {
            ForbidSelfConflicts = flags.Contains("forbidselfconflicts"),
            ObsoletesMatchProvides = flags.Contains("obsoleteusesprovides"),
            SameNameMatchesProvides = flags.Contains("implicitobsoleteusesprovides"),
            ObsoletesOwnWidthOnly = flags.Contains("obsoleteusescolors"),
            SameNameReplacesOwnWidthOnly = flags.Contains("implicitobsoleteusescolors"),
            IgnoreInstalledObsoletes = flags.Contains("noinstalledobsoletes"),
            ExcludedStillProvide = flags.Contains("whatprovideswithdisabled"),
        });
        foreach (var repository in _section.Repositories)
        {
            _repositories[repository.Name] = repository.Name == _section.Installed
                ? builder.AddInstalled(repository.Name, repository.Packages, -repository.Priority, -repository.SubPriority)
                : builder.AddRepository(repository.Name, repository.Packages, -repository.Priority, -repository.SubPriority);
        }

        foreach (var line in _section.Namespaces)
        {
            var words = line.Split(' ');
            if (words.Contains("@SYSTEM"))
            {
                builder.AddSystemCapability(words[0]);
            }
        }

        foreach (var vendors in _section.VendorClasses)
        {
            builder.AddVendorClass(vendors);
        }

        return builder.Build();
    }

    private ArchitecturePolicy Policy() => _section.Architecture switch
    {
        null or "unset" or "-" => ArchitecturePolicy.Any,
        [':', .. var policy] => ArchitecturePolicy.Parse(policy),
        var architecture => ArchitecturePolicy.For(architecture),
    };

    private SolverRequest Request()
    {
        bool Has(string flag) => _section.SolverFlags.Contains(flag);
        return new SolverRequest
        {
            Jobs = [.. _section.Jobs.Select(Job).OfType<SolverJob>()],
            Excluded = [.. _section.Disabled.Select(text => Selection(text.Split(' '))).OfType<PackageSelection>()],
            Options = new SolverOptions
            {
                AllowDowngrade = Has("allowdowngrade"),
                AllowNameChange = Has("allownamechange"),
                AllowArchitectureChange = Has("allowarchchange"),
                AllowVendorChange = Has("allowvendorchange"),
                AllowUninstall = Has("allowuninstall"),
                NoUpdateByProvide = Has("noupdateprovide"),
                NeedUpdateByProvide = Has("needupdateprovide"),
                InstallRecommended = !Has("ignorerecommended"),
                AddAlreadyRecommended = Has("addalreadyrecommended"),
                IgnoreInferiorArchitectures = Has("noinfarchcheck"),
                KeepExplicitObsoletes = Has("keepexplicitobsoletes"),
                BestObeysPolicy = Has("bestobeypolicy"),
                NoAutoTarget = Has("noautotarget"),
                DistUpgradeAllowDowngrade = Has("dupallowdowngrade"),
                DistUpgradeAllowNameChange = Has("dupallownamechange"),
                DistUpgradeAllowArchitectureChange = Has("dupallowarchchange"),
                DistUpgradeAllowVendorChange = Has("dupallowvendorchange"),
                KeepOrphans = Has("keeporphans"),
                BreakOrphans = Has("breakorphans"),
                FocusInstalled = Has("focusinstalled"),
                FocusBest = Has("focusbest"),
                SplitObsoletes = Has("yumobsoletes"),
                StrongRecommends = Has("strongrecommends"),
                InstallAlsoUpdates = Has("installalsoupdates"),
                StrictRepositoryPriority = Has("strictrepopriority"),
            },
        };
    }

    private SolverJob? Job(string text)
    {
        var words = text.Split(' ');
        var flags = SolverJobFlags.None;
        if (words[^1] is ['[', .. var names, ']'])
        {
            flags = names.Split(',').Aggregate(flags, (all, name) => all | Flag(name));
            words = words[..^1];
        }

        // testsolv leaves jobs out that name packages which are not there.
        return Selection(words[1..]) is { } selection ? new SolverJob(Action(words[0]), selection, flags) : null;
    }

    private static SolverAction Action(string name) => name switch
    {
        // "userinstalled" only says what cleaning up must spare.
        "noop" or "userinstalled" => SolverAction.None,
        "install" => SolverAction.Install,
        "erase" => SolverAction.Erase,
        "update" => SolverAction.Update,
        "distupgrade" => SolverAction.DistUpgrade,
        "lock" => SolverAction.Lock,
        "multiversion" or "noobsoletes" => SolverAction.MultiVersion,
        "favor" => SolverAction.Favor,
        "disfavor" => SolverAction.Disfavor,
        "blacklist" => SolverAction.Blacklist,
        "excludefromweak" => SolverAction.ExcludeFromWeak,
        "allowuninstall" => SolverAction.AllowUninstall,
        "droporphaned" => SolverAction.DropOrphaned,
        "verify" => SolverAction.Verify,
        _ => throw new NotSupportedException($"the job '{name}'"),
    };

    private static SolverJobFlags Flag(string name) => name switch
    {
        "weak" => SolverJobFlags.Weak,
        "forcebest" => SolverJobFlags.ForceBest,
        "targeted" => SolverJobFlags.Targeted,
        "orupdate" => SolverJobFlags.OrUpdate,
        "setev" => SolverJobFlags.SetsVersion,
        "setevr" => SolverJobFlags.SetsRelease,
        "setarch" => SolverJobFlags.SetsArchitecture,
        "setvendor" => SolverJobFlags.SetsVendor,
        "setrepo" => SolverJobFlags.SetsRepository,
        "noautoset" => SolverJobFlags.NoAutoSet,
        "essential" or "notbyuser" => SolverJobFlags.None,
        _ => throw new NotSupportedException($"the job flag '{name}'"),
    };

    private PackageSelection? Selection(string[] words)
    {
        var rest = string.Join(' ', words.Skip(1));
        switch (words[0])
        {
            case "pkg":
                return _packages.TryGetValue(rest, out var package) ? new PackageSelection.Exactly(package) : null;
            case "name":
                return ByName(Parse(rest));
            case "provides":
                return Providing(Parse(rest));
            case "oneof" when rest == "nothing":
                return new PackageSelection.OneOf([]);
            case "oneof":
                var found = words.Skip(1).Select(word => _packages.GetValueOrDefault(word)).ToList();
                return found.Contains(null) ? null : new PackageSelection.OneOf(found!);
            case "repo":
                return _repositories.TryGetValue(rest, out var repository) ? new PackageSelection.FromRepository(repository) : null;
            case "all":
                return new PackageSelection.All();
            default:
                throw new NotSupportedException($"the selection '{words[0]}'");
        }
    }

    private static TestcaseDependency Parse(string text) =>
        TestcaseDependency.Parse(text) ?? throw new NotSupportedException($"the dependency '{text}'");

    private static PackageSelection.ByName ByName(TestcaseDependency dependency) => dependency switch
    {
        TestcaseDependency.Name name => new PackageSelection.ByName(name.Text),
        TestcaseDependency.Relation { Right: TestcaseDependency.Name right } relation => relation.Operator == "."
            ? ByName(relation.Left) with { Architecture = right.Text }
            : ByName(relation.Left) with
            {
                Version = new VersionConstraint(
                    TestcaseDependency.Comparison(relation.Operator) ?? throw new NotSupportedException("a rich dependency by name"),
                    Evr.Parse(right.Text)),
            },
        _ => throw new NotSupportedException("a rich dependency by name"),
    };

    private static PackageSelection.Providing Providing(TestcaseDependency dependency) => dependency switch
    {
        TestcaseDependency.Relation { Operator: ".", Right: TestcaseDependency.Name right } relation =>
            Providing(relation.Left) with { Architecture = right.Text },
        _ => new PackageSelection.Providing(dependency.ToDependency() is { } capability ? capability : new Dependency("")),
    };
}

using System.Globalization;

namespace NodeImage.Judges.Solver;

/// <summary>Makes up small universes of packages, with jobs, as test cases of libsolv.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="jobKinds">Which jobs may come up.</param>
internal sealed class UniverseGenerator(Random random, UniverseGenerator.Jobs jobKinds)
{
    internal enum Jobs
    {
        /// <summary>Packages to install.</summary>
        Install,

        /// <summary>Anything.</summary>
        All,
    }

    private static readonly string[] Architectures = ["noarch", "noarch", "noarch", "x86_64", "x86_64", "i686"];
    private static readonly string[] Capabilities = ["cap1", "cap2", "cap3", "cap4"];
    private static readonly string[] Paths = ["/opt/a", "/usr/bin/b", "/etc/c", "/usr/share/d"];
    private static readonly string[] Comparisons = ["=", "<", ">", "<=", ">="];

    private static readonly string[] SolverFlags =
    [
        "allowdowngrade", "!allownamechange", "allowarchchange", "allowvendorchange", "allowuninstall", "noupdateprovide",
        "ignorerecommended", "addalreadyrecommended", "noinfarchcheck", "keepexplicitobsoletes", "bestobeypolicy", "noautotarget",
        "!dupallowdowngrade", "!dupallowarchchange", "!dupallowvendorchange", "!dupallownamechange", "keeporphans", "breakorphans",
        "focusinstalled", "yumobsoletes", "needupdateprovide", "focusbest", "strongrecommends", "installalsoupdates",
        "strictrepopriority",
    ];

    private static readonly string[] PoolFlags =
    [
        "forbidselfconflicts", "obsoleteusesprovides", "implicitobsoleteusesprovides", "obsoleteusescolors",
        "noinstalledobsoletes", "whatprovideswithdisabled",
    ];

    private readonly List<string> _packages = [];
    private readonly List<string> _names = [];
    private bool _useArchitectures;
    private int _paths;

    /// <summary>A test case with a number of sections, each with jobs of its own.</summary>
    public List<string> Generate(int sections)
    {
        var lines = new List<string>();
        _useArchitectures = Chance(60);
        _paths = Chance(25) ? 15 : 0;
        var size = Chance(80) ? 1 : random.Next(2, 5);
        _names.AddRange(Enumerable.Range(0, random.Next(3, 4 + (5 * size))).Select(i => ((char)('A' + i)).ToString()));
        AddRepository(lines, "system", installed: true, Chance(20) ? 0 : random.Next(1, 7 * size));
        AddRepository(lines, "one", installed: false, random.Next(2, 14 * size));
        if (Chance(40))
        {
            AddRepository(lines, "two", installed: false, random.Next(1, 8 * size));
        }

        lines.Add($"system {(_useArchitectures ? "x86_64" : "unset")} rpm system");
        var flags = PoolFlags.Where(_ => Chance(6)).ToList();
        if (Chance(50))
        {
            flags.Add("implicitobsoleteusescolors");
        }

        if (flags.Count > 0)
        {
            lines.Add($"poolflags {string.Join(' ', flags)}");
        }

        if (Chance(10))
        {
            lines.Add($"disable pkg {Pick(_packages)}");
        }

        for (var i = 0; i < sections; i++)
        {
            if (i > 0)
            {
                lines.Add("nextjob");
            }

            AddSection(lines);
        }

        return lines;
    }

    private void AddSection(List<string> lines)
    {
        var flags = SolverFlags.Where(_ => Chance(12)).ToList();
        if (flags.Count > 0)
        {
            lines.Add($"solverflags {string.Join(' ', flags)}");
        }

        for (var i = random.Next(1, 5); i > 0; i--)
        {
            lines.Add($"job {Job()}");
        }

        lines.Add("result transaction,problems <inline>");
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Pick(IReadOnlyList<string> from) => from[random.Next(from.Count)];

    private string Number(int end) => random.Next(1, end).ToString(CultureInfo.InvariantCulture);

    private void AddRepository(List<string> lines, string name, bool installed, int count)
    {
        var priority = installed || Chance(70) ? "0" : Number(4);
        lines.Add($"repo {name} {priority}{(Chance(20) ? $".{Number(3)}" : "")} testtags <inline>");
        lines.Add("#>=Ver: 3.0");
        var seen = new HashSet<string>();
        for (var i = 0; i < count; i++)
        {
            var architecture = _useArchitectures ? Pick(Architectures) : "noarch";
            var package = $"{Pick(_names)} {Number(4)} {Number(3)} {architecture}";
            if (!seen.Add(package) || (installed && Chance(70) && seen.Count(other => other[0] == package[0]) > 1))
            {
                continue;
            }

            var parts = package.Split(' ');
            _packages.Add($"{parts[0]}-{parts[1]}-{parts[2]}.{parts[3]}@{name}");
            lines.Add($"#>=Pkg: {package}");
            AddDependencies(lines, parts);
        }
    }

    private void AddDependencies(List<string> lines, string[] parts)
    {
        if (!Chance(3))
        {
            lines.Add($"#>=Prv: {parts[0]} = {parts[1]}-{parts[2]}");
        }

        AddTag(lines, "Prv", 40, () => Chance(50) ? Pick(Capabilities) : $"{Pick(Capabilities)} {Pick(Comparisons)} {Number(4)}");
        AddTag(lines, "Prv", 15, () => Chance(50) ? Pick(_names) : $"{Pick(_names)} = {Number(4)}");
        AddTag(lines, "Req", 45, () => Dependency(12));
        AddTag(lines, "Req", 20, () => Dependency(12));
        AddTag(lines, "Req", _paths, () => Pick(Paths));
        AddTag(lines, "Con", _paths / 3, () => Pick(Paths));
        AddTag(lines, "Fls", _paths * 2, () => Pick(Paths));
        AddTag(lines, "Con", 15, () => Dependency(12));
        AddTag(lines, "Obs", 12, () => Dependency(2));
        AddTag(lines, "Rec", 15, () => Dependency(20));
        AddTag(lines, "Sug", 8, () => Dependency(20));
        AddTag(lines, "Sup", 10, () => Dependency(20));
        AddTag(lines, "Enh", 5, () => Dependency(20));
        AddTag(lines, "Vnd", 25, () => Chance(50) ? "one" : "two");

        // Without a time, libsolv compares packages by a sum of numbers that small universes make the same by chance.
        lines.Add($"#>=Tim: {Number(3)}");
    }

    private void AddTag(List<string> lines, string tag, int percent, Func<string> value)
    {
        if (Chance(percent))
        {
            lines.Add($"#>={tag}: {value()}");
        }
    }

    private string Dependency(int richPercent, int depth = 0)
    {
        if (depth < 3 && Chance(richPercent))
        {
            string Arm() => Dependency(richPercent, depth + 1);
            return random.Next(8) switch
            {
                0 or 1 => $"({Arm()} & {Arm()})",
                2 or 3 => $"({Arm()} | {Arm()})",
                4 => $"({Arm()} <IF> {Arm()})",
                5 => $"({Arm()} <IF> ({Arm()} <ELSE> {Arm()}))",
                6 => Chance(50) ? $"({Arm()} <UNLESS> {Arm()})" : $"({Arm()} <UNLESS> ({Arm()} <ELSE> {Arm()}))",
                _ => $"({Simple()} {(Chance(50) ? "+" : "-")} {Simple()})",
            };
        }

        return Simple();
    }

    private string Simple()
    {
        var name = Chance(70) ? Pick(_names) : Chance(95) ? Pick(Capabilities) : "missing";
        return Chance(60) ? name : $"{name} {Pick(Comparisons)} {Number(4)}{(Chance(50) ? $"-{Number(3)}" : "")}";
    }

    private string Job()
    {
        if (jobKinds == Jobs.Install || Chance(50))
        {
            return $"install {Selection()}{Flags("forcebest", "weak", "setevr", "setarch", "setvendor", "orupdate", "noautoset", "setrepo")}";
        }

        return random.Next(18) switch
        {
            0 or 1 or 2 => $"erase {Selection()}{Flags("weak")}",
            3 or 4 => $"update {Selection()}{Flags("forcebest", "targeted")}",
            5 => $"update all packages{Flags("forcebest")}",
            6 => $"distupgrade {Selection()}{Flags("forcebest", "targeted")}",
            7 => "distupgrade all packages",
            8 => $"distupgrade repo {(Chance(50) ? "one" : "system")}{Flags("targeted")}",
            9 or 10 => $"lock {Selection()}{Flags("weak")}",
            11 => $"multiversion {(Chance(50) ? "provides" : "name")} {Pick(_names)}",
            12 => $"favor {Selection()}",
            13 => $"disfavor {Selection()}",
            14 => $"blacklist {Selection()}",
            15 => $"excludefromweak {Selection()}",
            16 => Chance(50) ? "allowuninstall all packages" : $"allowuninstall {Selection()}",
            _ => Chance(50) ? "verify all packages" : Chance(50) ? "droporphaned all packages" : $"update repo {(Chance(50) ? "one" : "system")}",
        };
    }

    private string Selection() => random.Next(10) switch
    {
        0 or 1 => $"pkg {Pick(_packages)}",
        2 => $"provides {Simple()}",
        3 => $"provides {Dependency(60)}",
        4 => $"oneof {string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(_packages)).Distinct())}",
        5 when _useArchitectures => $"name {Pick(_names)} . {(Chance(50) ? "x86_64" : "i686")}",
        6 or 7 => $"name {Pick(_names)} {Pick(Comparisons)} {Number(4)}{(Chance(50) ? $"-{Number(3)}" : "")}",
        _ => $"name {Pick(_names)}",
    };

    private string Flags(params string[] names)
    {
        var chosen = names.Where(_ => Chance(8)).ToList();
        return chosen.Count == 0 ? "" : $" [{string.Join(',', chosen)}]";
    }
}

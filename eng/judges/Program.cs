using System.Globalization;
using NodeImage.Judges;
using NodeImage.Judges.Rpm;
using NodeImage.Judges.Solver;

// One file a judge; adding one means adding it here.
Judge[] judges =
[
    new PackageJudge(),
    new SignatureJudge(),
    new TamperJudge(),
    new PayloadJudge(),
    new RepositoryJudge(),
    new HostileRepositoryJudge(),
    new DatabaseJudge(),
    new SolverJudge(installsOnly: true),
    new SolverJudge(installsOnly: false),
    new RandomRequestJudge(),
    new UniverseJudge(),
];

if (args is ["fuzz-solver", .. var fuzz]) { return SolverFuzz.Run(fuzz); }

if (args is ["fuzz-compare", var file]) { return SolverFuzz.CompareFile(file); }

if (CommandLine.Parse(args) is not { } command || command.Judges.Except(judges.Select(judge => judge.Name)).Any())
{
    Console.Error.WriteLine(CommandLine.Usage);
    Console.Error.WriteLine($"judges: {string.Join(' ', judges.Select(judge => judge.Name))}");
    return 2;
}

var scratch = Directory.CreateTempSubdirectory("nodeimage-judges-");
var failures = new List<string>();
var missed = 0;
try
{
    var context = new JudgeContext(Path.GetFullPath(command.Data), scratch.FullName, command.Seed, command.Requests);
    foreach (var judge in judges.Where(judge => command.Judges.Count == 0 || command.Judges.Contains(judge.Name)))
    {
        missed += Hold(judge, context) ? 0 : 1;
    }
}
finally
{
    scratch.Delete(recursive: true);
    File.WriteAllLines(command.Report, failures);
}

Console.WriteLine(missed == 0 ? "judges: every bar is met" : string.Create(CultureInfo.InvariantCulture, $"judges: {missed} bars are missed"));
return missed == 0 ? 0 : 1;

bool Hold(Judge judge, JudgeContext context)
{
    if (judge.Peers.Where(peer => !Peer.IsPresent(peer)).ToList() is { Count: > 0 } absent)
    {
        Console.WriteLine($"judge {judge.Name}: cannot be held, these programs are missing: {string.Join(", ", absent)}");
        failures.Add($"{judge.Name}: these programs are missing: {string.Join(", ", absent)}");
        return false;
    }

    var verdict = new Verdict();
    judge.Run(context, verdict);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"judge {judge.Name}: {verdict.Passed} passed, {verdict.Failures.Count} failed, {verdict.NotApplicable} not applicable"));
    foreach (var (reason, count) in verdict.Skipped)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {count} not applicable: {reason}"));
    }

    failures.AddRange(verdict.Failures.Select(failure => $"{judge.Name}: {failure}"));
    if (!verdict.Meets(judge.Bar))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    the bar is missed: {judge.Bar:P0} of {verdict.Passed + verdict.Failures.Count} must pass"));
        return false;
    }

    return true;
}

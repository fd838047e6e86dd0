using System.Diagnostics;
using System.Globalization;
using NodeImage.Core.Diagnostics;
using NodeImage.Fuzz;
using NodeImage.Fuzz.Targets;

// One file a target; adding one means adding it here.
Target[] targets =
[
    new PackageTarget(), new HeaderTarget(), new ArchiveTarget(), new CompressionTarget(), new KeyTarget(), new SignatureTarget(),
    new IndexTarget(), new PrimaryTarget(), new FileListsTarget(), new GroupsTarget(), new MetalinkTarget(), new SqliteTarget(), new NdbTarget(),
    new ScriptTarget(), new TarTarget(), new LayoutTarget(), new UnitTarget(), new AccountsTarget(), new TreefileTarget(),
];

var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var chosen = targets.Where(target => args.Length <= 2 || args.Skip(2).Contains(target.Name)).ToList();
var failures = 0;
foreach (var target in chosen)
{
    failures += Fuzz(target, seconds, seed);
}

return failures == 0 ? 0 : 1;

static int Fuzz(Target target, double seconds, int seed)
{
    const long MaxBytes = 768L * 1024 * 1024;
    const int MaxMilliseconds = 10_000;

    var corpus = target.Corpus;
    var clock = Stopwatch.StartNew();
    var slowest = TimeSpan.Zero;
    var largest = 0L;
    int runs = 0, refused = 0, failures = 0;
    while (clock.Elapsed.TotalSeconds < seconds && failures < 10)
    {
        // Every run can be had again by its own number.
        var random = new Random(unchecked((seed * 1_000_003) + runs));
        var input = corpus[random.Next(corpus.Count)];
        input = runs < corpus.Count ? corpus[runs] : new Mutator(random).Change(input, corpus[random.Next(corpus.Count)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = clock.Elapsed;
        string? defect = null;
        try
        {
            target.Read(input);
        }
        catch (DiagnosticException)
        {
            refused++;
        }
        catch (Exception e)
        {
            defect = e.ToString();
        }

        var (taken, allocated) = (clock.Elapsed - start, GC.GetAllocatedBytesForCurrentThread() - before);
        slowest = taken > slowest ? taken : slowest;
        largest = Math.Max(largest, allocated);
        defect ??= taken.TotalMilliseconds > MaxMilliseconds ? $"It took {taken}." : allocated > MaxBytes ? $"It allocated {allocated} bytes." : null;
        if (defect is not null)
        {
            failures++;
            var path = Path.Combine(Path.GetTempPath(), $"nodeimage-fuzz-{target.Name}-{seed}-{runs}");
            File.WriteAllBytes(path, input);
            Console.WriteLine($"fuzz {target.Name}: run {runs} with seed {seed}: {defect}\n  input: {path}");
        }

        runs++;
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"fuzz {target.Name}: {runs} runs, {refused} refused, {failures} failed, slowest {slowest.TotalMilliseconds:F0} ms, largest {largest / 1048576.0:F1} MiB"));
    return failures;
}

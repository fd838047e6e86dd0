using NodeImage.Compose.Scriptlets;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Compose.SystemDatabases.HardwareDatabase;
using NodeImage.Compose.SystemDatabases.LibraryCache;
using NodeImage.Compose.SystemDatabases.ModuleIndex;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.SystemDatabases;

/// <summary>Makes the system-wide databases that scriptlets have asked for.</summary>
/// <param name="machine">The image, and what was asked for.</param>
/// <param name="facts">Learns what must be known of files.</param>
/// <param name="report">Takes what the tools would complain about.</param>
internal sealed class SystemDatabaseUpdater(ScriptletMachine machine, IContentFacts facts, Action<Diagnostic> report)
{
    /// <summary>The facts that databases are made of, for whoever decodes files anyway.</summary>
    public static IReadOnlyList<FactRecorder> Facts { get; } =
    [
        FactRecorder.Of(new LibraryFactReader()),
        FactRecorder.Of(new LdconfigProgramReader()),
        FactRecorder.Of(new KmodProgramReader()),
        FactRecorder.Of(new ModuleFactReader()),
        FactRecorder.Of(new HwdbProgramReader()),
        FactRecorder.Of(new WholeContentReader()),
    ];

    /// <summary>Makes what was asked for, and forgets the requests.</summary>
    public void Update(CancellationToken cancellation)
    {
        var requests = machine.TakeRequests();
        if (requests.Libraries)
        {
            new LibraryCacheBuilder(machine.Tree, facts, machine.Time, report).Run(cancellation);
        }

        foreach (var kernel in requests.Kernels)
        {
            new ModuleIndexBuilder(machine.Tree, facts, machine.Time, report).Run(kernel, cancellation);
        }

        foreach (var request in requests.Hardware)
        {
            new HardwareDatabaseBuilder(machine.Tree, facts, machine.Time, report).Run(request, cancellation);
        }
    }
}

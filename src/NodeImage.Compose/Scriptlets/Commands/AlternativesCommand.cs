using NodeImage.Compose.SystemDatabases.Alternatives;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>
/// <c>update-alternatives(1)</c> of dpkg and <c>alternatives(8)</c> of chkconfig, which share most of their options and most
/// of their records: whichever the image has.
/// </summary>
internal sealed class AlternativesCommand : IScriptletCommand
{
    private const string DefaultLinks = "/etc/alternatives";
    private const string DpkgRecords = "/var/lib/dpkg/alternatives";
    private const string ChkconfigRecords = "/var/lib/alternatives";

    // chkconfig's, for images that have no other.
    private static readonly string[] OstreeRecords = ["/etc/alternatives.admindir", "/etc/alternatives-admindir"];

    public IReadOnlyList<string> Names { get; } = ["update-alternatives", "alternatives"];

    public bool LeavesScripts => true;

    public int Run(CommandCall call)
    {
        // chkconfig's program has the short name, and the long one as a link to it.
        var isDpkg = call.Program is { } program && ImagePath.Name(program.Path) == "update-alternatives";
        var parsed = AlternativesArguments.Parse(call);
        var folder = parsed.RecordFolder ?? (isDpkg ? DpkgRecords : ChkconfigFolder(call.Tree));
        var store = new AlternativeStore(call.Tree, call.Machine.Time, parsed.LinkFolder ?? DefaultLinks, folder);
        try
        {
            if (isDpkg)
            {
                new DpkgAlternatives(store, call.Streams.Output.WriteLine).Run(parsed.Request);
            }
            else
            {
                var services = new AlternativeServices(call.Tree, call.Machine.Units);
                var isMerged = call.Tree.Resolve("/usr/sbin") == call.Tree.Resolve("/usr/bin");
                new ChkconfigAlternatives(store, services, isMerged, call.Streams.Output.WriteLine).Run(parsed.Request);
            }

            return 0;
        }
        catch (AlternativeException e)
        {
            return call.Fail(2, e.Message);
        }
    }

    private static string ChkconfigFolder(FileTree tree) =>
        tree.Resolve(ChkconfigRecords) is not null ? ChkconfigRecords : Array.Find(OstreeRecords, folder => tree.Resolve(folder) is not null) ?? OstreeRecords[^1];
}

using NodeImage.Compose.Installing;
using NodeImage.Compose.Passes;
using NodeImage.Core.Concurrency;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>Writes the rpm database of an image: its base's, changed as the transaction has changed the image.</summary>
internal static class InstalledDatabase
{
    /// <summary>Makes the database of an image.</summary>
    /// <param name="below">The base's database.</param>
    /// <param name="installed">What was installed, in the order in which it was.</param>
    /// <param name="removed">The base's packages that went, by NEVRA.</param>
    /// <param name="selection">Which files are in the image, rather than left out.</param>
    /// <param name="time">When it was installed, in seconds since 1970.</param>
    public static RpmDatabase Make(RpmDatabase below, IReadOnlyList<InstallablePackage> installed, IReadOnlySet<string> removed, FileSelection selection, long time)
    {
        var gone = below.Packages.Where(package => !package.IsPublicKey && removed.Contains(package.Info.Nevra.ToString())).Select(package => package.Number).ToHashSet();
        var headers = new RpmHeader[installed.Count];
        AllCores.ForEach(
            Enumerable.Range(0, installed.Count),
            i =>
            {
                var wanted = selection.Select(installed[i].Info);
                var record = new InstallationRecord
                {
                    Time = (uint)time,
                    Transaction = (uint)time,
                    Color = TransactionColor(installed[i].Info.Nevra.Architecture),
                    FileStates = Array.TrueForAll(wanted, file => file) ? null : [.. wanted.Select(file => file ? RpmFileState.Normal : RpmFileState.NotInstalled)],
                };
                headers[i] = InstalledHeader.Make(installed[i].Archive.Package, record);
            },
            CancellationToken.None);
        return below.Change(gone, headers);
    }

    /// <summary>Puts a database into an image.</summary>
    /// <param name="database">The database.</param>
    /// <param name="context">The image.</param>
    /// <param name="scratch">A folder where the file stays until the image has been written.</param>
    public static void Put(RpmDatabase database, ComposeContext context, string scratch)
    {
        var path = Path.Combine(scratch, RpmDatabase.SqliteFileName);
        database.Write(path, bigEndian: context.Definition.Architecture == "s390x");
        var content = new DiskContent(path, new FileInfo(path).Length, Sha256Digest.OfFile(path));
        context.Tree.Put(ImagePath.Join(RpmDatabaseLocationPass.Folder, RpmDatabase.SqliteFileName), Inode.Regular(content) with { ModificationTime = context.Time });
    }

    // Where two word sizes live side by side, rpm's platform macros have %_transaction_color 3.
    private static uint TransactionColor(string architecture) => architecture is "x86_64" or "i686" or "s390x" ? 3u : 0u;
}

using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Signatures;

namespace NodeImage.Judges.Rpm;

/// <summary>The keys of the folder <c>keys</c> that packages may be signed by.</summary>
internal static class PackageKeys
{
    /// <summary>Reads the keys that rpm takes, and has rpm take them too.</summary>
    /// <param name="context">Where the data is.</param>
    /// <param name="database">The folder of the rpm database that rpm keeps them in.</param>
    /// <param name="verdict">Where a key that rpm takes and we do not is counted.</param>
    /// <returns>The keys.</returns>
    public static RpmKeyring Import(JudgeContext context, string database, Verdict verdict)
    {
        var keyring = new RpmKeyring();
        var folder = Path.Combine(context.Data, "keys");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if (Peer.Run(context.Scratch, null, "rpmkeys", "--dbpath", database, "--import", file).Succeeded)
            {
                try
                {
                    keyring.AddFile(file);
                }
                catch (DiagnosticException e)
                {
                    verdict.Fail(Path.GetRelativePath(context.Data, file), $"rpm imports it, we refuse it: {e.Message}");
                }
            }
        }

        return keyring;
    }
}

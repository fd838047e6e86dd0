namespace NodeImage.Rpm.Packages;

/// <summary>Decodes the scriptlets of a header, as <c>rpmScriptFromTag</c> in rpm's <c>lib/rpmscript.c</c>.</summary>
internal static class RpmScriptletReader
{
    private static readonly (RpmScriptletKind Kind, RpmTag Body, RpmTag Program, RpmTag Flags)[] Kinds =
    [
        (RpmScriptletKind.PreTransaction, RpmTag.PreTransaction, RpmTag.PreTransactionProgram, RpmTag.PreTransactionFlags),
        (RpmScriptletKind.PreInstall, RpmTag.PreInstall, RpmTag.PreInstallProgram, RpmTag.PreInstallFlags),
        (RpmScriptletKind.PostInstall, RpmTag.PostInstall, RpmTag.PostInstallProgram, RpmTag.PostInstallFlags),
        (RpmScriptletKind.PreUninstall, RpmTag.PreUninstall, RpmTag.PreUninstallProgram, RpmTag.PreUninstallFlags),
        (RpmScriptletKind.PostUninstall, RpmTag.PostUninstall, RpmTag.PostUninstallProgram, RpmTag.PostUninstallFlags),
        (RpmScriptletKind.PostTransaction, RpmTag.PostTransaction, RpmTag.PostTransactionProgram, RpmTag.PostTransactionFlags),
        (RpmScriptletKind.Verify, RpmTag.VerifyScript, RpmTag.VerifyScriptProgram, RpmTag.VerifyScriptFlags),
        (RpmScriptletKind.PreUninstallTransaction, RpmTag.PreUninstallTransaction, RpmTag.PreUninstallTransactionProgram, RpmTag.PreUninstallTransactionFlags),
        (RpmScriptletKind.PostUninstallTransaction, RpmTag.PostUninstallTransaction, RpmTag.PostUninstallTransactionProgram, RpmTag.PostUninstallTransactionFlags),
    ];

    /// <summary>Decodes the scriptlets of a header.</summary>
    /// <param name="header">The header.</param>
    /// <returns>The scriptlets in the order of <see cref="RpmScriptletKind"/>.</returns>
    public static IReadOnlyList<RpmScriptlet> Read(RpmHeader header)
    {
        var scriptlets = new List<RpmScriptlet>();
        foreach (var (kind, bodyTag, programTag, flagsTag) in Kinds)
        {
            if (header.Contains(bodyTag) || header.Contains(programTag))
            {
                var program = header.GetStrings(programTag);
                scriptlets.Add(new RpmScriptlet(
                    kind,
                    program.Length > 0 ? program : ["/bin/sh"],
                    header.GetString(bodyTag),
                    (RpmScriptletFlags)(header.GetNumber(flagsTag) ?? 0)));
            }
        }

        return scriptlets;
    }
}

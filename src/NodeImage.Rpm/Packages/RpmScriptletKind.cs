namespace NodeImage.Rpm.Packages;

/// <summary>When a scriptlet runs.</summary>
public enum RpmScriptletKind
{
    /// <summary>Before the transaction that installs the package (<c>%pretrans</c>).</summary>
    PreTransaction,

    /// <summary>Before the package is installed (<c>%pre</c>).</summary>
    PreInstall,

    /// <summary>After the package is installed (<c>%post</c>).</summary>
    PostInstall,

    /// <summary>Before the package is removed (<c>%preun</c>).</summary>
    PreUninstall,

    /// <summary>After the package is removed (<c>%postun</c>).</summary>
    PostUninstall,

    /// <summary>After the transaction that installs the package (<c>%posttrans</c>).</summary>
    PostTransaction,

    /// <summary>When the package is verified (<c>%verifyscript</c>).</summary>
    Verify,

    /// <summary>Before the transaction that removes the package (<c>%preuntrans</c>).</summary>
    PreUninstallTransaction,

    /// <summary>After the transaction that removes the package (<c>%postuntrans</c>).</summary>
    PostUninstallTransaction,
}

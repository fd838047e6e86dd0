using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Lints;

/// <summary>The rules of the image that lints hold it to.</summary>
internal static class LintDiagnostics
{
    /// <summary>A base must have one kernel. Arguments: how many it has, their versions.</summary>
    public static readonly DiagnosticDescriptor NotOneKernel = new(
        "NI4001",
        "An image has exactly one kernel",
        "The image has {0} kernels in /usr/lib/modules ({1}), but a machine boots exactly one. Let RpmPackage bring one kernel in one version.");

    /// <summary>A kernel has no initramfs. Arguments: its version.</summary>
    public static readonly DiagnosticDescriptor NoInitramfs = new(
        "NI4002",
        "The kernel has no initramfs",
        "/usr/lib/modules/{0} has a kernel but no initramfs.img, so no machine can boot it. Install dracut, or set Initramfs to None if somebody else makes it.");

    /// <summary>A layer brings a kernel. Arguments: its version.</summary>
    public static readonly DiagnosticDescriptor LayeredKernel = new(
        "NI4003",
        "A layered image brings a kernel of its own",
        "The layer brings the kernel {0}. A node first boots its base's kernel and gets this one only with a second boot; put the kernel into the base instead.",
        DiagnosticSeverity.Warning);

    /// <summary>There is content in /usr/etc. Arguments: the first path.</summary>
    public static readonly DiagnosticDescriptor UsrEtc = new(
        "NI4004",
        "An image keeps its configuration in /etc",
        "'{0}' lies in /usr/etc, which belongs to the machine that deploys the image. Put the file into /etc.");

    /// <summary>A folder that must be empty is not. Arguments: the folder, a path in it.</summary>
    public static readonly DiagnosticDescriptor NotEmpty = new(
        "NI4005",
        "A folder that the machine fills is not empty",
        "'{1}' lies in {0}, which the machine itself fills: what an image has there is never seen. Put it elsewhere, or remove it in a PostProcessScript.");

    /// <summary>A part of the layout is missing. Arguments: the path, what it should be.</summary>
    public static readonly DiagnosticDescriptor Layout = new(
        "NI4006",
        "The image lacks a part of the bootable layout",
        "'{0}' is not {1}, which a machine needs to deploy the image. Remove the Overlay or the PostProcessScript that changes it.");

    /// <summary>The package database is not where it must be. Arguments: the path, what is wrong.</summary>
    public static readonly DiagnosticDescriptor PackageDatabase = new(
        "NI4007",
        "The package database is not where tools look for it",
        "'{0}' {1}. Remove the Overlay or the PostProcessScript that changes it.");

    /// <summary>The image has a machine ID. No arguments.</summary>
    public static readonly DiagnosticDescriptor MachineId = new(
        "NI4008",
        "The image has the ID of one machine",
        "/etc/machine-id holds an ID, which all machines of the image would share. Remove the file from the Overlay, or empty it.");

    /// <summary>A file carries an SELinux label. Arguments: the path.</summary>
    public static readonly DiagnosticDescriptor SecurityLabel = new(
        "NI4009",
        "A file carries an SELinux label",
        "'{0}' has the attribute security.selinux. Labels follow from the policy when the image is deployed; remove the attribute.");
}

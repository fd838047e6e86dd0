using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Sandboxes;

/// <summary>What can go wrong with a sandbox.</summary>
internal static class SandboxDiagnostics
{
    /// <summary>The sandbox does not start. Arguments: what was said.</summary>
    public static readonly DiagnosticDescriptor Broken = new(
        "NI3431",
        "The sandbox does not work",
        "The sandbox for scriptlets and the initramfs does not work here: {0} Namespaces of users and mounts must be allowed to this user (kernel.unprivileged_userns_clone, user.max_user_namespaces, AppArmor).");
}

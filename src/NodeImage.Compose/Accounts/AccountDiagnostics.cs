using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Accounts;

/// <summary>What can be wrong with accounts.</summary>
internal static class AccountDiagnostics
{
    /// <summary>No number is left. Arguments: the account.</summary>
    public static readonly DiagnosticDescriptor RangeExhausted = new(
        "NI3201",
        "No number left for an account",
        "All numbers that '/etc/login.defs' has for system accounts are taken, so '{0}' cannot be made. Widen SYS_UID_MIN..SYS_UID_MAX there, or give accounts numbers with SystemUser and SystemGroup items.");

    /// <summary>A file's owner does not exist. Arguments: 'user' or 'group', the name, a path, the package.</summary>
    public static readonly DiagnosticDescriptor UnknownOwner = new(
        "NI3202",
        "A file's owner does not exist",
        "The {0} '{1}' owns '{2}' of {3}, but no package and no item makes it. Declare it with a SystemUser or SystemGroup item, or add the package that makes it.");

    /// <summary>A membership names what does not exist. Arguments: the user, the group, which of the two is missing.</summary>
    public static readonly DiagnosticDescriptor UnknownMember = new(
        "NI3203",
        "A membership names an account that does not exist",
        "'{0}' is to be a member of '{1}', but there is no {2} in the image. Declare it with a SystemUser or SystemGroup item, or add the package that makes it.");

    /// <summary>Two accounts ask for the same number. Arguments: the kind, the name, the number, the other's name.</summary>
    public static readonly DiagnosticDescriptor NumberTaken = new(
        "NI3204",
        "An account's number is taken",
        "The {0} '{1}' asks for the number {2}, which '{3}' has. Give it another number, or none.");

    /// <summary>An account exists with another number. Arguments: the kind, the name, the number asked for, the one it has.</summary>
    public static readonly DiagnosticDescriptor NumberDiffers = new(
        "NI3205",
        "An account has another number",
        "The {0} '{1}' shall have the number {2}, but a package or the base image gives it {3}. Remove the number from the item, or let the account be made before by declaring it in the base image.");

    /// <summary>An account that is pinned is not in the image. Arguments: the kind, the name, the field that says which may be missing.</summary>
    public static readonly DiagnosticDescriptor PinnedMissing = new(
        "NI3206",
        "A pinned account is missing",
        "The {0} '{1}' is pinned, but not in the image: files that it owned in an earlier one would be somebody else's. Remove the pin, or name the account in a TreefileField '{2}'.");
}

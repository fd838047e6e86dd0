using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Scriptlets;

/// <summary>A scriptlet that is to be carried out.</summary>
/// <param name="Package">The package that brings it, for messages.</param>
/// <param name="Name">What it is called in the package's spec, such as <c>%post</c>.</param>
/// <param name="Interpreter">What runs it, with arguments; <c>&lt;lua&gt;</c> is rpm's own.</param>
/// <param name="Body">The script, or null where the interpreter alone is run.</param>
/// <param name="Arguments">Its arguments: the numbers of packages that rpm gives.</param>
/// <param name="Input">What it reads: the paths that set off a file trigger.</param>
internal sealed record ScriptletCall(
    string Package,
    string Name,
    IReadOnlyList<string> Interpreter,
    string? Body,
    IReadOnlyList<string> Arguments,
    string Input = "")
{
    /// <summary>The item that asked for the package, where it was asked for by name.</summary>
    public ItemReference? Subject { get; init; }

    /// <summary>Whether the package cannot be installed when the scriptlet fails, as rpm has it for <c>%pre</c>.</summary>
    public bool IsCritical { get; init; }

    /// <summary>Whether the script has parts that rpm fills in before it runs it, or null for none: the option in the spec.</summary>
    public string? NeedsExpansion { get; init; }

    /// <summary>The scriptlet in a message.</summary>
    public override string ToString() => $"{Name} of {Package}";
}

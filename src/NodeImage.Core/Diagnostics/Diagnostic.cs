namespace NodeImage.Core.Diagnostics;

/// <summary>Something to tell the user, with a code, and with the project item that caused it where there is one.</summary>
/// <param name="Descriptor">The kind of diagnostic.</param>
/// <param name="Subject">The item at whose line it is shown, or null for the project as a whole.</param>
/// <param name="Message">The text, complete.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, ItemReference? Subject, string Message)
{
    /// <summary>The place that it is shown at where that is no line of a project, such as a line of a treefile; else null.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>The stable code.</summary>
    public string Code => Descriptor.Code;

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>Names a project's item or property, so that the task layer can find the file, line and column it stands at.</summary>
/// <param name="ItemType">The MSBuild item type, such as <c>RpmPackage</c>, or the name of a property.</param>
/// <param name="Identity">The item's identity, or the property's value, as evaluated.</param>
public sealed record ItemReference(string ItemType, string Identity)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ItemType} '{Identity}'";
}

/// <summary>A place in a file.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Line">The line, from 1, or 0 where it is not known.</param>
/// <param name="Column">The column, from 1, or 0 where it is not known.</param>
public sealed record SourcePlace(string File, int Line = 0, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}({Line},{Column})");
}

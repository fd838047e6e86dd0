namespace NodeImage.Core.Diagnostics.Logs;

/// <summary>A diagnostic as a build has shown it.</summary>
public sealed record LoggedDiagnostic
{
    /// <summary>The stable code.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The text, complete.</summary>
    public required string Message { get; init; }

    /// <summary>The severity, as the user's settings have it.</summary>
    public DiagnosticSeverity Severity { get; init; }

    /// <summary>The severity that it has by itself.</summary>
    public DiagnosticSeverity DefaultSeverity { get; init; }

    /// <summary>The address of the page that explains it, or null.</summary>
    public string? HelpLink { get; init; }

    /// <summary>The full path of the file that it is shown at, or null.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1, in UTF-16 code units; 0 where it is not known.</summary>
    public int Column { get; init; }
}

using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Asserts about diagnostics.</summary>
internal static class Refusal
{
    /// <summary>Asserts that something is refused with a code, and gives the diagnostic back.</summary>
    public static Diagnostic Of(DiagnosticDescriptor descriptor, Action action)
    {
        var exception = Assert.Throws<DiagnosticException>(action);
        Assert.Equal(descriptor.Code, exception.Diagnostic.Code);
        return exception.Diagnostic;
    }

    /// <summary>The code that something is refused with, or null where it is not.</summary>
    public static string? CodeOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (DiagnosticException e)
        {
            return e.Diagnostic.Code;
        }
    }
}

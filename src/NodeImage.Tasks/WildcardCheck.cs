using System.Xml;
using System.Xml.Linq;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>
/// Looks for <c>*</c> and <c>?</c> in the project's own text of package items: MSBuild takes them for file names, and
/// what matches no file is nothing, without a word.
/// </summary>
internal static class WildcardCheck
{
    /// <summary>Checks a project.</summary>
    /// <exception cref="DiagnosticException">A package item has a wildcard.</exception>
    public static void Run(string projectFile)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(projectFile);
        }
        catch (XmlException)
        {
            // MSBuild has said so already, in its own words.
            return;
        }

        foreach (var element in document.Descendants().Where(element => element.Name.LocalName is "RpmPackage" or "RpmPackageOverride" or "ForbiddenPackage"))
        {
            foreach (var include in ((string?)element.Attribute("Include") ?? "").Split(';', StringSplitOptions.TrimEntries))
            {
                if (include.AsSpan().IndexOfAny("*?") >= 0)
                {
                    var escaped = include.Replace("*", "%2A", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);
                    throw TaskDiagnostics.WildcardInPackage.Error(new ItemReference(element.Name.LocalName, include), include, escaped);
                }
            }
        }
    }
}

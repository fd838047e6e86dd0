using System.Xml.Linq;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Tasks;

/// <summary>
/// Looks for <c>*</c> and <c>?</c> in the text of package items, in the project and in the files of its repository that it
/// imports: MSBuild takes them for file names, and what matches no file is nothing, without a word.
/// </summary>
internal static class WildcardCheck
{
    /// <summary>Checks a project and what it imports.</summary>
    /// <param name="projectFile">The project.</param>
    /// <param name="imports">The files that it imports, those of SDKs and packages among them; what does not exist is passed over.</param>
    /// <exception cref="DiagnosticException">A package item has a wildcard.</exception>
    public static void Run(string projectFile, IEnumerable<string> imports)
    {
        foreach (var file in ProjectFiles.Read(projectFile, imports))
        {
            Check(file.Document);
        }
    }

    private static void Check(XDocument document)
    {
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

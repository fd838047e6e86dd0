using System.Xml;
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
        var pending = new Queue<string>(imports.Where(import => import.Length > 0).Prepend(projectFile));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out var file))
        {
            if (seen.Add(Path.GetFullPath(file)) && File.Exists(file) && Load(file) is { } document)
            {
                Check(document);
                foreach (var import in Imports(document, Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetDirectoryName(projectFile)!))
                {
                    pending.Enqueue(import);
                }
            }
        }
    }

    // Those whose paths are written out; what is computed can only be known to MSBuild.
    private static IEnumerable<string> Imports(XDocument document, string folder, string projectFolder) => document.Descendants()
        .Where(element => element.Name.LocalName == "Import" && element.Attribute("Sdk") is null)
        .Select(element => ((string?)element.Attribute("Project") ?? "")
            .Replace("$(MSBuildThisFileDirectory)", folder + "/", StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", projectFolder, StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/'))
        .Where(path => path.Length > 0 && path.AsSpan().IndexOfAny("$*?;") < 0)
        .Select(path => Path.Combine(folder, path));

    private static XDocument? Load(string file)
    {
        try
        {
            return XDocument.Load(file);
        }
        catch (XmlException)
        {
            // MSBuild has said so already, in its own words.
            return null;
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

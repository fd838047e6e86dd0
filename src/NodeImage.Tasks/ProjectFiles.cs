using System.Xml;
using System.Xml.Linq;

namespace NodeImage.Tasks;

/// <summary>A file of MSBuild, with the lines at which its elements stand.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Document">What it says.</param>
internal sealed record ProjectSource(string Path, XDocument Document)
{
    /// <summary>The place of an element or an attribute.</summary>
    public ItemPlace PlaceOf(XObject part)
    {
        IXmlLineInfo place = part;
        // An element's place is that of its name, behind the bracket.
        return place.HasLineInfo() ? new ItemPlace(Path, place.LineNumber, place.LinePosition - (part is XElement ? 1 : 0)) : new ItemPlace(Path, 0, 0);
    }
}

/// <summary>Reads a project as it is written, and the files of its repository that it imports.</summary>
internal static class ProjectFiles
{
    /// <summary>Reads a project and what it imports.</summary>
    /// <param name="projectFile">The project.</param>
    /// <param name="imports">Further files that it imports; what does not exist is passed over.</param>
    /// <returns>The files, the project first. One that is not well-formed is left out.</returns>
    public static IEnumerable<ProjectSource> Read(string projectFile, IEnumerable<string> imports)
    {
        var pending = new Queue<string>(imports.Where(import => import.Length > 0).Prepend(projectFile));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryDequeue(out var next))
        {
            var path = Path.GetFullPath(next);
            if (seen.Add(path) && File.Exists(path) && Load(path) is { } document)
            {
                yield return new ProjectSource(path, document);
                foreach (var import in Imports(document, Path.GetDirectoryName(path)!, Path.GetDirectoryName(projectFile)!))
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
            return XDocument.Load(file, LoadOptions.SetLineInfo);
        }
        catch (XmlException)
        {
            // MSBuild has said so already, in its own words.
            return null;
        }
    }
}

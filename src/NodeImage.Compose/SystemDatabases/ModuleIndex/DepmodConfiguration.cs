using System.Text;
using System.Text.RegularExpressions;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>Where depmod looks for modules, and which of several it takes: <c>depmod.d(5)</c>.</summary>
internal sealed class DepmodConfiguration
{
    private const string BuiltIn = "built-in";
    private const string External = "external";

    private readonly List<string> _overrides = [];
    private readonly List<string> _search = [];
    private readonly List<string> _externals = [];
    private readonly HashSet<string> _excludes = new(StringComparer.Ordinal) { "build", "source" };

    private readonly string _kernelFolder;

    private DepmodConfiguration(string kernelRelease)
    {
        _kernelFolder = $"/lib/modules/{kernelRelease}/";
    }

    /// <summary>The folders outside the kernel's own, the last that was named first.</summary>
    public IReadOnlyList<string> Externals => _externals;

    /// <summary>Reads an image's configuration.</summary>
    /// <param name="tree">The image.</param>
    /// <param name="program">The image's depmod.</param>
    /// <param name="texts">Reads files.</param>
    /// <param name="kernelRelease">The kernel's release, which settings may be for.</param>
    public static DepmodConfiguration Read(FileTree tree, KmodProgram program, ContentTexts texts, string kernelRelease)
    {
        var configuration = new DepmodConfiguration(kernelRelease);
        string[] folders = program.RunGoesFirst
            ? ["/run/depmod.d", "/etc/depmod.d", "/lib/depmod.d"]
            : ["/etc/depmod.d", "/run/depmod.d", "/usr/local/lib/depmod.d", "/usr/lib/depmod.d", "/lib/depmod.d"];
        var files = folders.SelectMany(folder => tree.Resolve(folder)?.Children ?? [])
            .Where(node => node.Name.Length >= 6 && node.Name[0] != '.' && node.Name.EndsWith(".conf", StringComparison.Ordinal))
            .DistinctBy(node => node.Name, StringComparer.Ordinal)
            .OrderBy(node => node.Name, StringComparer.Ordinal)
            .Select(node => tree.Resolve(node.Path))
            .OfType<FileNode>()
            .ToList();
        texts.Prefetch(files);
        foreach (var file in files)
        {
            configuration.Add(Encoding.UTF8.GetString((texts.Read(file) ?? default).Span), program, kernelRelease);
        }

        if (configuration._search.Count == 0)
        {
            configuration._search.Add("updates");
        }

        return configuration;
    }

    /// <summary>Whether a file or folder is passed over because of its name.</summary>
    public bool IsExcluded(string name) => _excludes.Contains(name);

    /// <summary>Whether a module that is known already stays, rather than give way to another of its name.</summary>
    /// <param name="known">The path of the known one without any ending, relative to the kernel's folder, or absolute outside it.</param>
    /// <param name="other">The path of the other in the same form.</param>
    public bool IsPreferred(string known, string other)
    {
        foreach (var path in _overrides)
        {
            if (path == other)
            {
                return false;
            }

            if (path == known)
            {
                return true;
            }
        }

        var (number, builtIn, priority, otherPriority) = (0, -1, -1, -1);
        foreach (var place in _search)
        {
            switch (place)
            {
                case BuiltIn:
                    builtIn = number;
                    break;
                case External:
                    foreach (var folder in _externals)
                    {
                        otherPriority = IsIn(Absolute(other), folder) ? number : otherPriority;
                        priority = IsIn(Absolute(known), folder) ? number : priority;
                        number++;
                    }

                    break;
                case var _ when !other.StartsWith('/') && IsIn(other, place):
                    // As kmod has it: of two in one place, only the other is seen to be there.
                    otherPriority = number;
                    break;
                case var _ when !known.StartsWith('/') && IsIn(known, place):
                    priority = number;
                    break;
                default:
                    break;
            }

            number++;
        }

        return (otherPriority < 0 ? builtIn : otherPriority) <= (priority < 0 ? builtIn : priority);
    }

    private string Absolute(string path) => path.StartsWith('/') ? path : _kernelFolder + path;

    private static bool IsIn(string path, string folder) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);

    private void Add(string text, KmodProgram program, string kernelRelease)
    {
        foreach (var line in LogicalLines(text))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case var _ when line.StartsWith('#'):
                    break;

                // What is named later counts more; kmod adds to the front of its lists.
                case ["search", .. var places]:
                    places.ToList().ForEach(place => _search.Insert(0, place));
                    break;
                case ["override", var module, var pattern, var folder, ..] when Matches(pattern, kernelRelease):
                    _overrides.Insert(0, $"{folder}/{module}");
                    break;
                case ["external", var pattern, var folder, ..] when Matches(pattern, kernelRelease):
                    _externals.Insert(0, folder);
                    break;
                case ["exclude", .. var names] when program.HasExclude:
                    _excludes.UnionWith(names);
                    break;
                default:
                    break;
            }
        }
    }

    // A star means every kernel; all else is an extended regular expression, found anywhere in the release.
    private static bool Matches(string pattern, string kernelRelease)
    {
        if (pattern == "*")
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(kernelRelease, pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // A backslash takes the end of a line away, and is itself taken away before all else.
    private static IEnumerable<string> LogicalLines(string text)
    {
        var line = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                if (text[i] != '\n')
                {
                    line.Append(text[i]);
                }
            }
            else if (text[i] == '\n')
            {
                yield return line.ToString();
                line.Clear();
            }
            else
            {
                line.Append(text[i]);
            }
        }

        yield return line.ToString();
    }
}

using System.Globalization;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Versions;

namespace NodeImage.Judges.Solver;

/// <summary>Reads libsolv's "testtags" format.</summary>
internal sealed class Testtags
{
    private readonly List<RepositoryPackage> _packages = [];
    private readonly Dictionary<string, List<string>> _lists = [];
    private RepositoryPackage? _current;
    private bool _selfProvides = true;
    private int _version;

    public static IReadOnlyList<RepositoryPackage> Read(IEnumerable<string> lines)
    {
        var reader = new Testtags();
        string? tag = null;
        foreach (var line in lines)
        {
            if (tag is not null)
            {
                if (line == $"-{tag}:")
                {
                    tag = null;
                }
                else
                {
                    reader.Add(tag, line);
                }
            }
            else if (line is ['+', _, _, _, ':', ..])
            {
                tag = line[1..4];
            }
            else if (line is ['=', _, _, _, ':', ..])
            {
                reader.Add(line[1..4], line.Length > 6 ? line[6..] : "");
            }
        }

        reader.Finish();
        return reader._packages;
    }

    private void Add(string tag, string value)
    {
        switch (tag)
        {
            case "Ver":
                _version = int.Parse(value.Split('.', ' ')[0], CultureInfo.InvariantCulture);
                _selfProvides = _version < 3 || value.Contains("addselfprovides", StringComparison.Ordinal);
                break;
            case "Pkg":
                Finish();
                Begin(value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "Vnd":
                _current = _current! with { Vendor = value };
                break;
            case "Tim":
                _current = _current! with { BuildTime = long.Parse(value, CultureInfo.InvariantCulture) };
                break;
            default:
                if (!_lists.TryGetValue(tag, out var list))
                {
                    _lists.Add(tag, list = []);
                }

                list.Add(value);
                break;
        }
    }

    private void Begin(string[] parts)
    {
        var evr = Evr.Parse(parts[1] + (parts[2] == "-" ? "" : $"-{parts[2]}"));
        _current = new RepositoryPackage { Nevra = new Nevra(parts[0], evr, parts[3] == "-" ? "" : parts[3]) };
    }

    private void Finish()
    {
        if (_current is { } package)
        {
            var provides = Take("Prv").ToList();
            var files = Take("Fls").ToList();
            if (_version == 2)
            {
                // Paths at the end of what is provided were the file list.
                var end = provides.FindLastIndex(provided => !provided.StartsWith('/')) + 1;
                files.AddRange(provides.Skip(end));
                provides.RemoveRange(end, provides.Count - end);
            }

            var provided = Dependencies(provides).ToList();
            var supplements = Take("Sup").ToList();
            var conflicts = Take("Con").ToList();
            if (_version == 2)
            {
                supplements = SuseDependencies.Supplements(provides, supplements).ToList();
                conflicts = conflicts.ConvertAll(SuseDependencies.Conflict);
            }

            if (_selfProvides && package.Nevra.Architecture is not ("src" or "nosrc"))
            {
                provided.Add(new Dependency(package.Nevra.Name, DependencyFlags.Equal, package.Nevra.Evr));
            }

            _packages.Add(package with
            {
                Provides = provided,
                Requires = [.. Dependencies(Take("Req")), .. Dependencies(Take("Prq"), DependencyFlags.Prerequisite)],
                Conflicts = [.. Dependencies(conflicts)],
                Obsoletes = [.. Dependencies(Take("Obs"))],
                Recommends = [.. Dependencies(Take("Rec"))],
                Suggests = [.. Dependencies(Take("Sug"))],
                Supplements = [.. Dependencies(supplements)],
                Enhances = [.. Dependencies(Take("Enh"))],
                Files = files,
            });
        }

        _lists.Clear();
        _current = null;
    }

    private List<string> Take(string tag) => _lists.GetValueOrDefault(tag, []);

    private static IEnumerable<Dependency> Dependencies(IEnumerable<string> texts, DependencyFlags flags = DependencyFlags.Any)
    {
        foreach (var text in texts)
        {
            // A bare path may hold anything.
            var dependency = text.StartsWith('/')
                ? new Dependency(text)
                : TestcaseDependency.Parse(text)?.ToDependency();
            if (dependency is not null)
            {
                yield return dependency with { Flags = dependency.Flags | flags };
            }
        }
    }
}

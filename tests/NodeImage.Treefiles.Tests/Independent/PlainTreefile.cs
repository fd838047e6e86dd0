using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace NodeImage.Treefiles.Tests.Independent;

/// <summary>
/// What a treefile comes to, computed by another way than the product's: over the plain objects of YamlDotNet's deserializer,
/// and not by merging two treefiles at a time but by lining up all files, the weakest first. It takes only what real
/// treefiles have, and throws at anything else.
/// </summary>
internal sealed class PlainTreefile
{
    private static readonly HashSet<string> Lists = [.. "repos lockfile-repos exclude-packages ostree-layers ostree-override-layers install-langs initramfs-args units etc-group-members postprocess remove-files cliwrap-binaries".Split(' ')];
    private static readonly HashSet<string> Sets = ["ignore-removed-users", "ignore-removed-groups"];
    private static readonly HashSet<string> Maps = ["metadata", "add-commit-metadata", "repovars"];
    private static readonly HashSet<string> NotMerged = ["include", "arch-include", "conditional-include", "variables", "packages", "bootstrap-packages", "basearch"];

    private readonly string _root;
    private readonly string _architecture;
    private readonly Dictionary<string, string> _variables;
    private readonly List<Dictionary<string, object?>> _line = [];

    private PlainTreefile(string root, string architecture, IEnumerable<KeyValuePair<string, string>> variables)
    {
        _root = root;
        _architecture = architecture;
        _variables = new Dictionary<string, string>(variables) { ["basearch"] = architecture };
    }

    /// <summary>Computes what a treefile says: fields with their values as texts, lists and mappings of texts.</summary>
    public static SortedDictionary<string, object> Read(string file, string architecture, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var reader = new PlainTreefile(Path.GetDirectoryName(file)!, architecture, variables);
        reader._line.AddRange(reader.LineUp(Path.GetFileName(file)));
        var sum = reader.Sum();
        if (variables.FirstOrDefault(variable => variable.Key == "releasever").Value is { } given)
        {
            sum["releasever"] = given;
        }

        return sum;
    }

    // The weakest first: what is included later, then what is included earlier, then what stands inline, then the file itself.
    private List<Dictionary<string, object?>> LineUp(string path)
    {
        var text = File.ReadAllText(Path.Combine(_root, path));
        var own = new Dictionary<string, object?>();
        foreach (var (name, value) in (Dictionary<object, object?>?)new DeserializerBuilder().Build().Deserialize(new StringReader(text)) ?? [])
        {
            own.Add((string)name is "gpg_key" or "boot_location" or "default_target" or "automatic_version_prefix" or "bootstrap_packages" ? ((string)name).Replace('_', '-') : (string)name, value);
        }

        foreach (var (name, value) in own.GetValueOrDefault("variables") as Dictionary<object, object?> ?? [])
        {
            _variables.TryAdd((string)name, (string)value!);
        }

        if (own.GetValueOrDefault("releasever") is string release)
        {
            _variables.TryAdd("releasever", release);
        }

        List<string> files = [.. Many(own.GetValueOrDefault("include"))];
        if (own.GetValueOrDefault("arch-include") is Dictionary<object, object?> byArchitecture && byArchitecture.TryGetValue(_architecture, out var ours))
        {
            files.AddRange(Many(ours));
        }

        var inline = new List<Dictionary<string, object?>>();
        foreach (Dictionary<object, object?> conditional in own.GetValueOrDefault("conditional-include") as List<object> ?? [])
        {
            if (!Many(conditional["if"]).All(Holds))
            {
                continue;
            }

            if (conditional["include"] is Dictionary<object, object?> there)
            {
                inline.Insert(0, there.ToDictionary(pair => (string)pair.Key, pair => pair.Value));
            }
            else
            {
                files.AddRange(Many(conditional["include"]));
            }
        }

        var folder = Path.GetDirectoryName(path)!;
        var included = files.Select(file => LineUp(Path.Combine(folder, file))).ToList();
        included.Reverse();
        return [.. included.SelectMany(line => line), .. inline, own];
    }

    private SortedDictionary<string, object> Sum()
    {
        var sum = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var packages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in _line)
        {
            foreach (var name in (string[])["packages", "bootstrap-packages", $"packages-{_architecture}"])
            {
                packages.UnionWith(Many(file.GetValueOrDefault(name)).SelectMany(Words));
            }
        }

        if (packages.Count > 0)
        {
            sum["packages"] = packages.ToList();
        }

        foreach (var name in _line.SelectMany(file => file.Keys).Where(name => !NotMerged.Contains(name) && !name.StartsWith("packages-", StringComparison.Ordinal)).Distinct())
        {
            var values = _line.Select(file => file.GetValueOrDefault(name)).OfType<object>().ToList();
            if (values.Count > 0)
            {
                sum[name] = Sum(name, values);
            }
        }

        return sum;
    }

    private object Sum(string name, List<object> values)
    {
        if (Lists.Contains(name))
        {
            return values.SelectMany(Many).ToList();
        }

        if (Sets.Contains(name))
        {
            return new SortedSet<string>(values.SelectMany(Many), StringComparer.Ordinal).ToList();
        }

        if (name is "add-files" or "remove-from-packages" or "repo-packages")
        {
            return values.SelectMany(value => ((List<object>)value).Select(item => Flatten(item, substitute: false))).ToList();
        }

        if (Maps.Contains(name))
        {
            var map = new SortedDictionary<string, object>(StringComparer.Ordinal);
            foreach (var (key, value) in values.SelectMany(value => (Dictionary<object, object?>)value))
            {
                map[(string)key] = Flatten(value, name != "repovars");
            }

            return map;
        }

        return Flatten(values[^1], name is "ref" or "rojig" or "automatic-version-prefix" or "mutate-os-release");
    }

    private object Flatten(object? value, bool substitute) => value switch
    {
        Dictionary<object, object?> map => new SortedDictionary<string, object>(map.ToDictionary(pair => (string)pair.Key, pair => Flatten(pair.Value, substitute && pair.Value is string)), StringComparer.Ordinal),
        List<object> list => list.Select(item => Flatten(item, substitute: false)).ToList(),
        string text when substitute => _variables.Aggregate(text, (result, variable) => result.Replace($"${{{variable.Key}}}", variable.Value, StringComparison.Ordinal)),
        _ => value ?? "",
    };

    private bool Holds(string condition)
    {
        var parts = Regex.Match(condition, "^\\s*(\\w+)\\s*(\\S+)\\s*(.*?)\\s*$").Groups;
        var (left, right) = (_variables[parts[1].Value], parts[3].Value.Trim('"'));
        return parts[2].Value switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => ulong.Parse(left) < ulong.Parse(right),
            "<=" => ulong.Parse(left) <= ulong.Parse(right),
            ">" => ulong.Parse(left) > ulong.Parse(right),
            ">=" => ulong.Parse(left) >= ulong.Parse(right),
            var other => throw new NotSupportedException(other),
        };
    }

    private static IEnumerable<string> Words(string text) => Regex.Matches(text, "'([^']*)'|[^\\s']+").Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value);

    private static IEnumerable<string> Many(object? value) => value switch
    {
        null => [],
        string text => [text],
        List<object> list => list.Cast<string>(),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}

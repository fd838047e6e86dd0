using System.Text.Json.Nodes;
using NodeImage.EndToEnd.Tests.Support;

namespace NodeImage.EndToEnd.Tests.Engines.Support;

/// <summary>Compares two images by all that somebody could see of them.</summary>
internal static class EngineComparison
{
    /// <summary>What differs in files, which are told by their paths: type, mode, owner by name, target of a link, digest, capabilities.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string ours, string theirs)
    {
        var (first, second) = (DiskImage.Read(ours).Files, DiskImage.Read(theirs).Files);
        return first.Keys.Union(second.Keys).Order(StringComparer.Ordinal)
            .Select(path => (path, First: first.GetValueOrDefault(path), Second: second.GetValueOrDefault(path)))
            .Where(pair => pair.First != pair.Second)
            .Select(pair => (pair.path, $"{pair.path}: {pair.First} and {pair.Second}"));
    }

    /// <summary>What differs in configurations: labels as <c>label:NAME</c>, variables as <c>env:NAME</c>, all else by its name.</summary>
    public static IEnumerable<(string Path, string Text)> Configuration(string ours, string theirs)
    {
        var (first, second) = (Flatten(ours), Flatten(theirs));
        return first.Keys.Union(second.Keys).Order(StringComparer.Ordinal)
            .Where(key => first.GetValueOrDefault(key) != second.GetValueOrDefault(key))
            .Select(key => (key, $"{key}: {first.GetValueOrDefault(key)} and {second.GetValueOrDefault(key)}"));
    }

    /// <summary>The packages of a root, as its own rpm lists them.</summary>
    public static IEnumerable<string> Packages(string root) =>
        Command.Run("chroot", root, "rpm", "-qa", "--qf", "%{NEVRA} %{SIGMD5}\n").Lines().Where(line => !line.StartsWith("gpg-pubkey", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>What systemd says of a root's units.</summary>
    public static IEnumerable<string> Units(string root) =>
        Command.Run("systemctl", $"--root={root}", "list-unit-files", "--no-legend", "--no-pager").Lines().Select(line => line.Trim()).Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Flatten(string layout)
    {
        var image = JsonNode.Parse(Command.Run("skopeo", "inspect", "--config", $"oci:{layout}:latest").Succeeded())!.AsObject();
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["created"] = image["created"]!.ToString(), ["architecture"] = image["architecture"]!.ToString(), ["os"] = image["os"]!.ToString() };
        foreach (var (name, value) in image["config"]!.AsObject())
        {
            switch (name)
            {
                case "Labels":
                    value!.AsObject().ToList().ForEach(label => values[$"label:{label.Key}"] = label.Value!.ToString());
                    break;
                case "Env":
                    value!.AsArray().Select(variable => variable!.ToString().Split('=', 2)).ToList().ForEach(parts => values[$"env:{parts[0]}"] = parts[1]);
                    break;
                default:
                    values[name] = value!.ToJsonString();
                    break;
            }
        }

        return values;
    }
}

namespace NodeImage.Compose.Tests.Engines.RpmOstree;

/// <summary>
/// What rpm-ostree takes, copied by hand from its sources (2026: rust/src/compose.rs, rust/src/treefile.rs,
/// src/app/rpmostree-compose-builtin-tree.cxx), so that the engine's own tables are not their own judge.
/// </summary>
internal static class RpmOstreeContract
{
    private static readonly string[] Image =
    [
        "--cachedir=", "--source-root=", "--authfile=", "--layer-repo=", "--initialize", "--initialize-mode=", "--format=", "--force-nocache", "--offline",
        "--write-lockfile-to=", "--lockfile=", "--lockfile-strict", "--label=", "--image-config=", "--touch-if-changed=", "--copy-retry-times=", "--max-layers=",
    ];

    private static readonly Dictionary<string, (string[] Options, int Operands)> Subcommands = new(StringComparer.Ordinal)
    {
        ["compose image"] = (Image, 2),
        ["compose rootfs"] = (["--cachedir=", "--source-root=", "--source-root-rw=", "--lockfile="], 2),
        ["compose build-chunked-oci"] = (["--rootfs=", "--from=", "--bootc", "--format-version=", "--label=", "--sign-commit=", "--max-layers=", "--previous-build=", "--reference=", "--output="], 0),
        ["compose extensions"] = (["--output-dir=", "--base-rev=", "--cachedir=", "--rootfs=", "--touch-if-changed=", "--unified-core", "--repo=", "--layer-repo="], 2),
        ["experimental compose treefile-apply"] = (["--var="], 1),
    };

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["--format"] = ["ociarchive", "oci", "registry"],
        ["--initialize-mode"] = ["query", "always", "never", "if-not-exists"],
        ["--format-version"] = ["1", "2"],
    };

    /// <summary>What rpm-ostree would find wrong with a call.</summary>
    /// <param name="command">The whole command.</param>
    /// <returns>What is wrong; nothing where it would be taken.</returns>
    public static IEnumerable<string> Refusals(IReadOnlyList<string> command)
    {
        var line = string.Join(' ', command.Skip(1));
        if (command[0] != "rpm-ostree" || Subcommands.Keys.FirstOrDefault(name => line.StartsWith(name + " ", StringComparison.Ordinal)) is not { } subcommand)
        {
            yield return $"{command[0]} has no such subcommand: {line}";
            yield break;
        }

        var rest = command.Skip(1 + subcommand.Split(' ').Length).ToList();
        var options = rest.Where(word => word.StartsWith('-')).ToList();
        foreach (var option in options)
        {
            var (name, value) = option.Split('=', 2) is [var before, var after] ? (before, after) : (option, null);
            if (!Subcommands[subcommand].Options.Contains(value is null ? name : name + "="))
            {
                yield return $"{subcommand}: {option}";
            }

            if (value is not null && Values.TryGetValue(name, out var allowed) && !allowed.Contains(value))
            {
                yield return $"{subcommand}: {option}";
            }
        }

        if (rest.Count - options.Count != Subcommands[subcommand].Operands)
        {
            yield return $"{subcommand}: {rest.Count - options.Count} operands";
        }

        if (subcommand == "compose build-chunked-oci" && (!options.Contains("--bootc") || !options.Exists(option => option.StartsWith("--output=", StringComparison.Ordinal)) || options.Count(option => option.StartsWith("--rootfs=", StringComparison.Ordinal) || option.StartsWith("--from=", StringComparison.Ordinal)) != 1))
        {
            yield return $"{subcommand}: it must have --bootc, --output, and one of --rootfs and --from";
        }
    }
}

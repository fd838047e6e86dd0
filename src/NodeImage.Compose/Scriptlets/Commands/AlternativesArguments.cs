using System.Globalization;
using NodeImage.Compose.SystemDatabases.Alternatives;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Commands;

/// <summary>The options of an alternatives program.</summary>
/// <param name="Request">What is asked.</param>
internal sealed record AlternativesArguments(AlternativeRequest Request)
{
    /// <summary>Where links are, where that is said.</summary>
    public string? LinkFolder { get; private set; }

    /// <summary>Where records are, where that is said.</summary>
    public string? RecordFolder { get; private set; }

    /// <summary>Reads a command line.</summary>
    public static AlternativesArguments Parse(CommandCall call)
    {
        var parsed = new AlternativesArguments(new AlternativeRequest());
        var arguments = new Queue<string>(call.Arguments);
        while (arguments.TryDequeue(out var option))
        {
            if (!parsed.TryReadFlag(option) && !parsed.TryReadSetting(call, option, arguments))
            {
                parsed.ReadAction(call, option, arguments);
            }
        }

        return parsed.Request.Action == AlternativeAction.None ? throw call.Unsupported("") : parsed;
    }

    private bool TryReadFlag(string option)
    {
        switch (option)
        {
            case "--force":
                Request.Force = true;
                return true;
            case "--keep-foreign":
                Request.KeepForeign = true;
                return true;
            case "--keep-missing":
                Request.KeepMissing = true;
                return true;
            default:
                return option is "--quiet" or "--verbose" or "--skip-auto";
        }
    }

    private bool TryReadSetting(CommandCall call, string option, Queue<string> arguments)
    {
        switch (option)
        {
            case "--altdir":
                LinkFolder = ReadFolder(call, arguments);
                return true;
            case "--admindir":
                RecordFolder = ReadFolder(call, arguments);
                return true;
            case "--log":
                Take(call, arguments);
                return true;
            case "--family":
                Request.Family = Take(call, arguments);
                return true;
            case "--initscript":
                Request.Service = Take(call, arguments);
                return true;
            case "--slave" or "--follower":
                var link = Clean(Take(call, arguments));
                Request.Followers.Add((new FollowerLink(Take(call, arguments), link), Clean(Take(call, arguments))));
                return true;
            default:
                return false;
        }
    }

    private void ReadAction(CommandCall call, string option, Queue<string> arguments)
    {
        Request.Action = option switch
        {
            _ when Request.Action != AlternativeAction.None => throw call.Unsupported(option),
            "--install" => AlternativeAction.Install,
            "--remove" => AlternativeAction.Remove,
            "--remove-all" => AlternativeAction.RemoveAll,
            "--set" => AlternativeAction.Set,
            "--auto" => AlternativeAction.Auto,
            "--list" => AlternativeAction.List,
            _ => throw call.Unsupported(option),
        };
        if (Request.Action == AlternativeAction.Install)
        {
            Request.Link = Clean(Take(call, arguments));
        }

        if (Request.Action != AlternativeAction.List || arguments.Count > 0)
        {
            Request.Name = Take(call, arguments);
        }

        if (Request.Action is AlternativeAction.Install or AlternativeAction.Remove or AlternativeAction.Set)
        {
            Request.Path = Clean(Take(call, arguments));
        }

        if (Request.Action == AlternativeAction.Install)
        {
            var priority = Take(call, arguments);
            Request.Priority = int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw call.Unsupported(priority);
        }

        // A name is that of a file, which must not lie elsewhere.
        if (Request.Name is "." or ".." || Request.Name.Contains('/', StringComparison.Ordinal) || Request.Followers.Exists(follower => follower.Link.Name is "." or ".."))
        {
            throw call.Unsupported(Request.Name);
        }
    }

    private static string ReadFolder(CommandCall call, Queue<string> arguments)
    {
        var folder = Take(call, arguments);
        return folder.StartsWith('/') && ImagePath.TryNormalize(folder, out var canonical) ? canonical : throw call.Unsupported(folder);
    }

    private static string Take(CommandCall call, Queue<string> arguments) => arguments.TryDequeue(out var argument) ? argument : throw call.Unsupported(string.Join(' ', call.Arguments));

    // Several slashes in a row count as one.
    private static string Clean(string path) => path.StartsWith('/') && path.Contains("//", StringComparison.Ordinal) ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : path;
}

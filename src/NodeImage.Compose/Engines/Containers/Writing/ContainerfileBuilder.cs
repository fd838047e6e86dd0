using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Engines.Containers.Writing;

/// <summary>Collects the lines of a Containerfile, and the files beside it.</summary>
internal sealed class ContainerfileBuilder
{
    /// <summary>Where steps find the folder with the Containerfile.</summary>
    public const string Here = "/run/nodeimage";

    /// <summary>Where steps find the base's files.</summary>
    public const string BaseFiles = "/run/nodeimage-base";

    private const string InputsMark = "@INPUTS@";
    private static readonly string StepsPrefix = $"{typeof(ContainerfileBuilder).Namespace![..^".Writing".Length]}.Steps.";

    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<string, ContextFile> _files = new(StringComparer.Ordinal);

    /// <summary>The files beside the Containerfile, by their paths in its folder.</summary>
    public IReadOnlyDictionary<string, ContextFile> Files => _files;

    /// <summary>Begins a part with what it is for.</summary>
    public void Comment(string text)
    {
        _text.Append(_text.Length > 0 ? "\n" : "");
        foreach (var line in text.Split('\n'))
        {
            _text.Append("# ").Append(Quoting.Printable(line)).Append('\n');
        }
    }

    /// <summary>Adds an instruction.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments, quoted as it wants them.</param>
    public void Add(string name, string arguments) => _text.Append(name).Append(' ').Append(arguments).Append('\n');

    /// <summary>Adds a step that runs with the folder mounted, never copied.</summary>
    /// <param name="command">The words of the command.</param>
    /// <param name="seesBase">Whether the base's files are mounted too.</param>
    /// <param name="options">Options of the instruction beside those mounts.</param>
    public void Run(IEnumerable<string> command, bool seesBase = true, params IEnumerable<string> options)
    {
        string[] mounts = [$"--mount=type=bind,source=.,target={Here}", .. seesBase ? (string[])[$"--mount=type=bind,from=base,source=/,target={BaseFiles}"] : []];

        // What is mounted is no part of what tools know a step by when they look whether they have its result already.
        var words = command.Select(Quoting.Shell).Prepend($"INPUTS={InputsMark}");
        Add("RUN", string.Join(" \\\n    ", mounts.Concat(options).Append(string.Join(' ', words))));
    }

    /// <summary>Adds a step of the shell.</summary>
    /// <param name="script">Its file in <c>steps/</c>.</param>
    /// <param name="seesBase">Whether the base's files are mounted too.</param>
    /// <param name="options">Options of the instruction beside the mounts.</param>
    public void RunStep(string script, bool seesBase = true, params IEnumerable<string> options) => Run(["/bin/sh", $"{Here}/steps/{script}"], seesBase, options);

    /// <summary>Ends a stage: takes away what mounts and steps have left where a running system keeps its own.</summary>
    public void Sweep() => Add("RUN", "find /run /tmp -xdev -mindepth 1 -delete 2> /dev/null || :");

    /// <summary>Adds a file beside the Containerfile.</summary>
    public void AddFile(string path, ContextFile file) => _files[path] = file;

    /// <summary>Adds a text file beside the Containerfile.</summary>
    public void AddText(string path, string text, bool isProgram = false) => AddFile(path, new ContextFile(FileContent.Of(text), isProgram));

    /// <summary>Adds a step that is the same for every image.</summary>
    public void AddStep(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            using var stream = typeof(ContainerfileBuilder).Assembly.GetManifestResourceStream(StepsPrefix + name) ?? throw new InvalidOperationException($"There is no step {name}.");
            using var reader = new StreamReader(stream);
            AddText($"steps/{name}", reader.ReadToEnd());
        }
    }

    /// <summary>Adds a step that is made for this image, which begins as all do.</summary>
    /// <param name="name">Its file in <c>steps/</c>.</param>
    /// <param name="uses">The steps whose functions it calls.</param>
    /// <param name="comment">What it does.</param>
    /// <param name="lines">Its lines.</param>
    public void AddStep(string name, IEnumerable<string> uses, string comment, IEnumerable<string> lines)
    {
        string[] used = [.. uses];
        AddStep(["common.sh", .. used]);
        var text = new StringBuilder().Append("# ").Append(comment).Append('\n').Append(". ").Append(Here).Append("/steps/common.sh\n");
        foreach (var file in used)
        {
            text.Append(". \"$here/steps/").Append(file).Append("\"\n");
        }

        AddText($"steps/{name}", text.Append('\n').AppendJoin('\n', lines).Append('\n').ToString());
    }

    /// <summary>The Containerfile.</summary>
    public override string ToString() => _text.ToString().Replace(InputsMark, Inputs().ToString(), StringComparison.Ordinal);

    private Sha256Digest Inputs() => Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Concat(_files.Select(file => $"{file.Key}\n{file.Value.Content.Identity}\n"))));
}

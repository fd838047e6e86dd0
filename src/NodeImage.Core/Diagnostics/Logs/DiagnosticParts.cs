using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Core.IO;

namespace NodeImage.Core.Diagnostics.Logs;

/// <summary>One step of a build, which shows diagnostics of its own.</summary>
/// <param name="Target">What it is a step to, for projects that make several images: such as <c>rhel9.6.linux-x64</c>.</param>
/// <param name="Order">Its place among the steps, from 0 to 9.</param>
/// <param name="Name">Its name, of letters.</param>
public sealed record DiagnosticStep(string Target, int Order, string Name);

/// <summary>
/// What the steps of a project's builds have shown last. Steps run one by one, some of them in other processes, and one
/// that is up to date does not run at all: each keeps its own part, and the parts together are the project's diagnostics.
/// </summary>
/// <param name="folder">The folder for the parts.</param>
public sealed class DiagnosticParts(string folder)
{
    private const string Extension = ".json";

    /// <summary>Puts what a step has shown in the place of what it showed before.</summary>
    /// <param name="step">The step.</param>
    /// <param name="diagnostics">What it has shown.</param>
    /// <param name="dropsLater">Whether what later steps have shown no longer holds: the build ends here, or they start from something else.</param>
    public void Replace(DiagnosticStep step, IReadOnlyCollection<LoggedDiagnostic> diagnostics, bool dropsLater)
    {
        Directory.CreateDirectory(folder);
        if (dropsLater)
        {
            foreach (var later in Files($"{step.Target}.?-*").Where(file => OrderOf(file, step.Target) > step.Order))
            {
                File.Delete(later);
            }
        }

        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{step.Target}.{step.Order}-{step.Name}{Extension}"));
        if (diagnostics.Count == 0)
        {
            File.Delete(path);
        }
        else
        {
            AtomicFile.WriteWhenDifferent(path, JsonSerializer.SerializeToUtf8Bytes([.. diagnostics], LogJsonContext.Default.LoggedDiagnosticArray));
        }
    }

    /// <summary>Reads all parts; one that is damaged counts as none.</summary>
    /// <returns>The diagnostics, in no particular order.</returns>
    public IReadOnlyList<LoggedDiagnostic> ReadAll() => [.. Files("*").SelectMany(Read)];

    /// <summary>Keeps other steps out, those of other processes too.</summary>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>A lock, to be disposed of.</returns>
    public FileLock Lock(CancellationToken cancellation) => FileLock.TakeAsync(Path.Combine(folder, ".lock"), cancellation).GetAwaiter().GetResult();

    private static LoggedDiagnostic[] Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), LogJsonContext.Default.LoggedDiagnosticArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static int OrderOf(string file, string target) => Path.GetFileName(file)[target.Length + 1] - '0';

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern + Extension).Order(StringComparer.Ordinal) : [];
}

/// <summary>How parts are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LoggedDiagnostic[]))]
internal sealed partial class LogJsonContext : JsonSerializerContext;

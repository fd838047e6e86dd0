using System.Collections.Immutable;
using NodeImage.Compose.Definition;
using NodeImage.Oci.Images;
using NodeImage.Oci.Layers;

namespace NodeImage.Compose.Engines;

/// <summary>Writes the configuration of an image: what every bootable image says, what its base says, and what the project says over both.</summary>
internal static class ImageConfigFactory
{
    /// <summary>Makes a configuration.</summary>
    /// <param name="definition">What the project asks for.</param>
    /// <param name="version">The image's version.</param>
    /// <param name="below">The base's configuration, or null.</param>
    /// <param name="labels">The image's labels.</param>
    /// <param name="layers">The image's own layers with what history says of each.</param>
    public static ImageConfig Make(ImageDefinition definition, ImageVersion version, ImageConfig? below, ImmutableSortedDictionary<string, string> labels, IReadOnlyList<(WrittenLayer Layer, string CreatedBy)> layers)
    {
        var start = below ?? new ImageConfig { Platform = new Platform(Architectures.ToGo(definition.Architecture)) };
        var settings = definition.Container;
        var boots = definition.Kind != ImageKind.Extensions;
        var environment = start.Environment.Select(variable => variable.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
        foreach (var (name, value) in settings.Environment)
        {
            environment[name] = value;
        }

        return start with
        {
            Created = version.Time,
            User = settings.User ?? start.User,
            Environment = [.. environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")],
            Entrypoint = settings.Entrypoint.IsEmpty ? start.Entrypoint : settings.Entrypoint,
            Command = !settings.Command.IsEmpty ? settings.Command : start.Command.IsEmpty && boots ? ["/sbin/init"] : start.Command,
            WorkingDirectory = settings.WorkingDirectory ?? start.WorkingDirectory,
            StopSignal = start.StopSignal ?? (boots ? "SIGRTMIN+3" : null),
            ExposedPorts = start.ExposedPorts.Union(settings.Ports),
            Labels = labels,
            DiffIds = [.. start.DiffIds, .. layers.Select(layer => layer.Layer.DiffId)],
            History = [.. start.History, .. layers.Select(layer => new HistoryEntry(version.Time, $"NodeImage.Sdk: {layer.CreatedBy}"))],
        };
    }
}

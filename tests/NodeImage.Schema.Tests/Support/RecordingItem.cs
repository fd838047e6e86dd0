using System.Collections;
using Microsoft.Build.Framework;

namespace NodeImage.Schema.Tests.Support;

/// <summary>An item that notes which of its metadata is asked for.</summary>
internal sealed class RecordingItem(string identity, Dictionary<string, string> metadata) : ITaskItem
{
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    public IEnumerable<string> Asked => _asked;

    public string ItemSpec { get; set; } = identity;

    public ICollection MetadataNames => metadata.Keys;

    public int MetadataCount => metadata.Count;

    public string GetMetadata(string metadataName)
    {
        _asked.Add(metadataName);
        return metadata.GetValueOrDefault(metadataName, "");
    }

    public IDictionary CloneCustomMetadata() => throw new NotSupportedException("A task that copies all metadata would not say which it reads.");

    public void CopyMetadataTo(ITaskItem destinationItem) => throw new NotSupportedException("A task that copies all metadata would not say which it reads.");

    public void RemoveMetadata(string metadataName) => throw new NotSupportedException();

    public void SetMetadata(string metadataName, string metadataValue) => throw new NotSupportedException();
}

/// <summary>A build that keeps the errors and warnings of a task.</summary>
internal sealed class RecordingEngine : IBuildEngine
{
    public List<BuildErrorEventArgs> Errors { get; } = [];

    public List<BuildWarningEventArgs> Warnings { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => throw new NotSupportedException();

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
    }

    public void LogWarningEvent(BuildWarningEventArgs e) => Warnings.Add(e);
}

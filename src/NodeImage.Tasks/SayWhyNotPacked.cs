namespace NodeImage.Tasks;

/// <summary>Warns whoever packs an image that it is passed over.</summary>
public sealed class SayWhyNotPacked : ImageTask
{
    /// <inheritdoc/>
    protected override void Run() => Report(TaskDiagnostics.ImageNotPacked.At(null));
}

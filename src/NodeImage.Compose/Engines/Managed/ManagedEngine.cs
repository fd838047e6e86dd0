using NodeImage.Core.Cache;
using NodeImage.Oci.Layouts;

namespace NodeImage.Compose.Engines.Managed;

/// <summary>
/// The engine that needs only .NET: it unpacks packages, applies the rules of the image and writes layers itself, with no
/// root, no daemon, and none of the system's own tools.
/// </summary>
/// <param name="cache">Holds the packages, and keeps what is worth keeping.</param>
public sealed class ManagedEngine(ContentCache cache) : IImageEngine
{
    /// <inheritdoc/>
    public OciImage Compose(ComposeRequest request, CancellationToken cancellation)
    {
        var version = ImageVersion.Of(request.Definition, request.Lock, request.Base);
        var inputs = ComposeInputs.Open(request, cache, cancellation);
        var tree = new Composition(request, inputs, version, cancellation).Run();
        return new ImageWriter(request, inputs, version, cache, cancellation).Write(tree);
    }
}

using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Compose.SystemDatabases;
using NodeImage.Compose.SystemDatabases.Facts;
using NodeImage.Core.Cache;
using NodeImage.Core.Diagnostics;
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
        var gate = new WarningGate(request.IsError, request.Report);
        return gate.Run(() => Compose(request with { Report = gate.Report }, gate, cancellation));
    }

    private OciImage Compose(ComposeRequest request, WarningGate gate, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.ScratchFolder);
        var version = ImageVersion.Of(request.Definition, request.Lock, request.Base);
        if (request.Definition.Kind == ImageKind.Extensions)
        {
            return new ExtensionsComposition(request, version, cache, cancellation).Compose();
        }

        var inputs = ComposeInputs.Open(request, cache, cancellation);
        var facts = new ArchiveFacts(cache);
        using var composition = new Composition(request, inputs, version, facts, cache, cancellation);
        var writer = new ImageWriter(request, inputs, version, cache, cancellation);
        request.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Installing {inputs.Install.Count} packages"));
        composition.InstallPackages();

        // Packages' files are as they will be. Their layers are written now, because what the system's databases must know
        // of the files is learnt while they are decoded for that.
        facts.Watch(SystemDatabaseUpdater.Facts, composition.Tree);
        writer.WritePackageLayers(composition.Tree);
        var share = facts.Share(SystemDatabaseUpdater.Facts, composition.Tree, writer.TakeScanned());
        ComposedTree? composed = null;
        SideWork.Run(() => composed = composition.Finish(), share);
        gate.Pass();
        request.Progress?.Invoke("Writing the image");
        var image = writer.Write(composed!);
        facts.Share(SystemDatabaseUpdater.Facts, composition.Tree, writer.TakeScanned())();
        return image;
    }
}

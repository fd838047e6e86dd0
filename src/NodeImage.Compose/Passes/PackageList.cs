using System.Text.Json.Nodes;
using NodeImage.Core.Files;
using NodeImage.Core.Json;
using NodeImage.Rpm.Database;

namespace NodeImage.Compose.Passes;

/// <summary>
/// Writes the list of an image's packages to where OpenShift's tools look for it: alone in the image's last layer, so
/// that <c>oc image extract IMAGE[-1]</c> gets it without reading the rest.
/// </summary>
internal static class PackageList
{
    /// <summary>Where the list is.</summary>
    public const string Path = "/usr/share/openshift/base/meta.json";

    /// <summary>Writes the list.</summary>
    /// <param name="context">The image.</param>
    /// <param name="database">Its packages.</param>
    /// <returns>The node.</returns>
    public static FileNode Put(ComposeContext context, RpmDatabase database)
    {
        var packages = database.Packages.Where(package => !package.IsPublicKey)
            .Select(package => package.Info.Nevra)
            .Order()
            .Select(nevra => (JsonNode)new JsonArray(nevra.Name, nevra.Evr.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), nevra.Evr.Version, nevra.Evr.Release, nevra.Architecture));
        var json = CanonicalJson.WriteCompact(new JsonObject { ["rpmdb.pkglist"] = new JsonArray([.. packages]) });
        return context.Tree.Put(Path, Inode.Regular(FileContent.Of(json)) with { ModificationTime = context.Time });
    }
}

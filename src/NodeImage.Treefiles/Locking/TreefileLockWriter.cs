using System.Text.Json.Nodes;
using NodeImage.Core.Json;

namespace NodeImage.Treefiles.Locking;

/// <summary>Writes lock files in rpm-ostree's form.</summary>
public static class TreefileLockWriter
{
    /// <summary>Writes a lock file.</summary>
    /// <param name="packages">The lock.</param>
    /// <returns>The file's bytes: JSON, sorted by name.</returns>
    public static byte[] Write(TreefileLock packages)
    {
        var document = new JsonObject
        {
            ["packages"] = new JsonObject(packages.Packages.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Describe(pair.Value)))),
        };
        if (packages.Generated is not null || !packages.Repositories.IsEmpty)
        {
            var metadata = new JsonObject();
            if (packages.Generated is { } generated)
            {
                metadata["generated"] = generated;
            }

            if (!packages.Repositories.IsEmpty)
            {
                metadata["rpmmd_repos"] = new JsonObject(packages.Repositories.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject { ["generated"] = pair.Value })));
            }

            document["metadata"] = metadata;
        }

        return CanonicalJson.Write(document);
    }

    private static JsonObject Describe(TreefileLockPackage package)
    {
        var described = new JsonObject();
        if (package.Architecture is { } architecture)
        {
            described["evra"] = $"{package.Evr}.{architecture}";
        }
        else
        {
            described["evr"] = package.Evr;
        }

        if (package.Digest is { } digest)
        {
            described["digest"] = digest;
        }

        if (!package.Metadata.IsEmpty)
        {
            described["metadata"] = new JsonObject(package.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        return described;
    }
}

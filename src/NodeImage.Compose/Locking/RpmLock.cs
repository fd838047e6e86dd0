using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodeImage.Core.Json;

namespace NodeImage.Compose.Locking;

/// <summary>
/// The lock file, <c>rpms.lock.json</c>: for every target framework and architecture, just which packages an image is made
/// of. It is committed beside the project, so that a build next year is the same build.
/// </summary>
public sealed record RpmLockFile
{
    /// <summary>The version of this file's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The targets by name: <c>rhel9.6/x86_64</c>.</summary>
    public ImmutableSortedDictionary<string, RpmLock> Targets { get; init; } = ImmutableSortedDictionary.Create<string, RpmLock>(StringComparer.Ordinal);

    /// <summary>The name under which a target stands.</summary>
    /// <param name="targetFramework">The target framework's alias.</param>
    /// <param name="architecture">The architecture in rpm's words.</param>
    /// <returns>The name.</returns>
    public static string TargetName(string targetFramework, string architecture) => $"{targetFramework}/{architecture}";

    /// <summary>Reads a lock file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The locks.</returns>
    /// <exception cref="InvalidDataException">It is no lock file of a version that is known.</exception>
    public static RpmLockFile Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var file = JsonSerializer.Deserialize(bytes, LockJsonContext.Default.RpmLockFile);
            if (file is not { Version: 1 })
            {
                throw new InvalidDataException("It is not of version 1.");
            }

            RpmLockCheck.Check(file);
            return file;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Finds the packages of a target.</summary>
    /// <param name="target">What <see cref="TargetName"/> gives.</param>
    /// <returns>The packages.</returns>
    /// <exception cref="InvalidDataException">The file has nothing for the target.</exception>
    public RpmLock Require(string target) => Targets.GetValueOrDefault(target) ?? throw new InvalidDataException($"It has nothing for '{target}'.");

    /// <summary>Writes the lock file.</summary>
    /// <returns>Its bytes.</returns>
    public byte[] Write() => CanonicalJson.Write(this, LockJsonContext.Default.RpmLockFile);
}

/// <summary>The packages of one image.</summary>
public sealed record RpmLock
{
    /// <summary>The digest of what was asked for; where it differs from what a project asks for, the lock is out of date.</summary>
    public required string Request { get; init; }

    /// <summary>The base, where it comes from a registry; else null.</summary>
    public LockedBase? Base { get; init; }

    /// <summary>The repositories that packages were chosen from, by name.</summary>
    public ImmutableSortedDictionary<string, LockedRepository> Repositories { get; init; } = ImmutableSortedDictionary.Create<string, LockedRepository>(StringComparer.Ordinal);

    /// <summary>The packages, sorted by NEVRA.</summary>
    public ImmutableArray<LockedPackage> Packages { get; init; } = [];

    /// <summary>The base's packages that the image takes away, by NEVRA, sorted.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];
}

/// <summary>A base as it was in its registry.</summary>
/// <param name="Image">Its name, as the project has it.</param>
/// <param name="Digest">The digest of its manifest for the target's architecture, as <c>sha256:</c> and hexadecimal digits.</param>
public sealed record LockedBase(string Image, string Digest);

/// <summary>A repository as it was when packages were chosen.</summary>
/// <param name="Revision">When its metadata was made, in seconds since 1970, or 0 where it does not say.</param>
/// <param name="Metadata">The checksum of its <c>primary.xml</c> as its index announces it, algorithm first; empty where it announces none.</param>
public sealed record LockedRepository(long Revision, string Metadata);

/// <summary>A package that was chosen.</summary>
/// <param name="Nevra">Its NEVRA.</param>
/// <param name="Repository">The repository that it comes from; empty for a local file.</param>
/// <param name="Location">Where it lies, relative to the repository.</param>
/// <param name="Size">The file's size in bytes.</param>
/// <param name="Digest">The file's digest, as <c>sha256:</c> and hexadecimal digits.</param>
/// <param name="SigningKey">The ID of the key that signed it, 16 hexadecimal digits, or null where it need not be signed.</param>
public sealed record LockedPackage(string Nevra, string Repository, string Location, long Size, string Digest, string? SigningKey);

/// <summary>How lock files are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RpmLockFile))]
internal sealed partial class LockJsonContext : JsonSerializerContext;

using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines;
using NodeImage.Compose.Locking;
using NodeImage.Oci.Images;

namespace NodeImage.Compose.Bases;

/// <summary>A base that is wanted.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Definition">The image that is to stand on it.</param>
/// <param name="LockFile">The lock file's full path.</param>
public sealed record BaseRequest(BaseImageSource Source, ImageDefinition Definition, string LockFile)
{
    /// <summary>Whether the lock must fit as it is.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether a tag is followed that has moved since the lock was written.</summary>
    public bool ForceEvaluate { get; init; }

    /// <summary>The platform that it must be for.</summary>
    public Platform Platform => new(Architectures.ToGo(Definition.Architecture));

    /// <summary>The name of the lock within its file.</summary>
    public string Target => RpmLockFile.TargetName(Definition.TargetFramework, Definition.Architecture);
}

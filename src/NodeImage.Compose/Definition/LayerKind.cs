namespace NodeImage.Compose.Definition;

/// <summary>What a layer of a treefile may do.</summary>
public enum LayerKind
{
    /// <summary>It adds to what packages bring (<c>ostree-layers</c>).</summary>
    Normal,

    /// <summary>It may replace what packages bring (<c>ostree-override-layers</c>).</summary>
    Override,
}

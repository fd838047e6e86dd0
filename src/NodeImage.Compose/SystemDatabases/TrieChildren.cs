namespace NodeImage.Compose.SystemDatabases;

/// <summary>The children of a trie's node, sorted by their first letters.</summary>
internal static class TrieChildren
{
    /// <summary>Looks for a child.</summary>
    /// <typeparam name="TNode">The trie's nodes.</typeparam>
    /// <param name="children">The children, in order.</param>
    /// <param name="letter">The child's letter.</param>
    /// <returns>Its index; where there is none, the complement of the index at which it belongs.</returns>
    public static int Search<TNode>(List<(byte Letter, TNode Node)> children, byte letter)
    {
        var (low, high) = (0, children.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (children[middle].Letter == letter)
            {
                return middle;
            }

            (low, high) = children[middle].Letter < letter ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}

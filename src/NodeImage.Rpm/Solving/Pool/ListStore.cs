namespace NodeImage.Rpm.Solving;

/// <summary>
/// Keeps lists of package ids or literals end to end, each ended by a 0, so that a list is one number: where it begins.
/// Lists are never changed once stored, and clauses share those of the provider index.
/// </summary>
internal sealed class ListStore
{
    /// <summary>Where the list without items begins.</summary>
    public const int Empty = 1;

    /// <summary>Where the list that holds the system alone begins.</summary>
    public const int SystemOnly = 3;

    private int _count;

    public ListStore(int capacity = 4096)
    {
        Items = new int[Math.Max(capacity, 16)];
        Items[SystemOnly - 1] = 1;
        Items[SystemOnly] = PackagePool.SystemPackage;
        _count = 5;
    }

    /// <summary>All lists: the number of items stands before the first item of each, a 0 after the last.</summary>
    public int[] Items { get; private set; }

    /// <summary>Stores a list.</summary>
    /// <returns>Where it begins, never 0.</returns>
    public int Add(ReadOnlySpan<int> items)
    {
        if (items.IsEmpty)
        {
            return Empty;
        }

        if (items is [PackagePool.SystemPackage])
        {
            return SystemOnly;
        }

        var start = Reserve(items.Length);
        items.CopyTo(Items.AsSpan(start));
        return start;
    }

    /// <summary>Makes room for a list that the caller fills at once.</summary>
    public int Reserve(int length)
    {
        var needed = _count + length + 2;
        if (needed > Items.Length)
        {
            var grown = new int[Math.Max(needed, Items.Length * 2)];
            Items.AsSpan(0, _count).CopyTo(grown);
            Items = grown;
        }

        Items[_count] = length;
        var start = _count + 1;
        _count = needed;
        return start;
    }

    public ReadOnlySpan<int> this[int start] => Items.AsSpan(start, Items[start - 1]);
}

namespace NodeImage.Rpm.Solving;

/// <summary>
/// A growing list of ids or literals. The solver's inner loops index, truncate and splice such lists millions of times,
/// which is why this is not a <see cref="List{T}"/>.
/// </summary>
internal sealed class IntList
{
    private int[] _items;

    public IntList(int capacity = 16) => _items = new int[capacity];

    public int Count { get; private set; }

    public Span<int> Span => _items.AsSpan(0, Count);

    public ref int this[int index] => ref _items[index];

    public void Add(int item)
    {
        if (Count == _items.Length)
        {
            Grow(Count + 1);
        }

        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<int> items)
    {
        Grow(Count + items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public bool AddUnique(int item)
    {
        if (Contains(item))
        {
            return false;
        }

        Add(item);
        return true;
    }

    public void Insert(int index, int item)
    {
        Grow(Count + 1);
        _items.AsSpan(index, Count - index).CopyTo(_items.AsSpan(index + 1));
        _items[index] = item;
        Count++;
    }

    public void InsertRange(int index, ReadOnlySpan<int> items)
    {
        Grow(Count + items.Length);
        _items.AsSpan(index, Count - index).CopyTo(_items.AsSpan(index + items.Length));
        items.CopyTo(_items.AsSpan(index));
        Count += items.Length;
    }

    /// <summary>Takes one item out, keeping the order of the others.</summary>
    public void RemoveAt(int index)
    {
        _items.AsSpan(index + 1, Count - index - 1).CopyTo(_items.AsSpan(index));
        Count--;
    }

    /// <summary>Moves one item behind all others.</summary>
    public void MoveToEnd(int index)
    {
        var item = _items[index];
        _items.AsSpan(index + 1, Count - index - 1).CopyTo(_items.AsSpan(index));
        _items[Count - 1] = item;
    }

    public void Truncate(int count) => Count = Math.Min(Count, count);

    public void Clear() => Count = 0;

    public bool Contains(int item) => Span.Contains(item);

    /// <summary>Keeps the items that a test accepts, in their order.</summary>
    public void Keep(Func<int, bool> accepts)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (accepts(_items[i]))
            {
                _items[kept++] = _items[i];
            }
        }

        Count = kept;
    }

    /// <summary>Sorts so that items that compare as equal stay in their order.</summary>
    public void StableSort(Comparison<int> comparison) => StableSorter.Sort(Span, comparison);

    public int[] ToArray() => Span.ToArray();

    private void Grow(int needed)
    {
        if (needed > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(needed, _items.Length * 2));
        }
    }
}

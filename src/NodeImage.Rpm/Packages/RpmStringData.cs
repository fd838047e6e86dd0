namespace NodeImage.Rpm.Packages;

/// <summary>Walks over strings that are stored one after the other, each ended by a zero byte.</summary>
public ref struct RpmStringData
{
    private ReadOnlySpan<byte> _rest;
    private int _left;

    /// <summary>Begins before the first string.</summary>
    /// <param name="data">The bytes, which hold at least <paramref name="count"/> zeros.</param>
    /// <param name="count">How many strings there are.</param>
    internal RpmStringData(ReadOnlySpan<byte> data, int count)
    {
        _rest = data;
        _left = count;
        Count = count;
        Current = default;
    }

    /// <summary>How many strings there are.</summary>
    public int Count { get; }

    /// <summary>The current string without the zero that ends it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next string.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        var end = _rest.IndexOf((byte)0);
        Current = _rest[..end];
        _rest = _rest[(end + 1)..];
        _left--;
        return true;
    }

    /// <summary>Lets the strings be walked over with <c>foreach</c>.</summary>
    /// <returns>The enumerator as it stands.</returns>
    public readonly RpmStringData GetEnumerator() => this;
}

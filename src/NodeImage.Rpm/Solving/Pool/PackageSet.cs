namespace NodeImage.Rpm.Solving;

/// <summary>A set of packages by id, one bit each.</summary>
internal sealed class PackageSet(int capacity)
{
    private readonly ulong[] _bits = new ulong[(capacity + 63) / 64];

    public bool Contains(int package) => (_bits[package >> 6] & (1UL << package)) != 0;

    public void Add(int package) => _bits[package >> 6] |= 1UL << package;

    public void Remove(int package) => _bits[package >> 6] &= ~(1UL << package);

    public void Clear() => Array.Clear(_bits);

    public void CopyFrom(PackageSet other) => other._bits.CopyTo(_bits, 0);
}

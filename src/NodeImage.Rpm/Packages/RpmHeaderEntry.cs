namespace NodeImage.Rpm.Packages;

/// <summary>One entry of a header's index.</summary>
/// <param name="Tag">What it says.</param>
/// <param name="Type">How its data is stored.</param>
/// <param name="Offset">Where its data begins in the header's data.</param>
/// <param name="Count">How many items there are.</param>
/// <param name="Length">How many bytes of data there are.</param>
public readonly record struct RpmHeaderEntry(RpmTag Tag, RpmTagType Type, int Offset, int Count, int Length);

using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// The colors of a package's dependencies: those of the files that they were found in. A header links them by a dictionary
/// of numbers, whose upper byte says <c>P</c> or <c>R</c> and whose lower ones are the index of the dependency
/// (<c>rpmteColorDS</c> in rpm's <c>lib/rpmte.c</c>).
/// </summary>
internal sealed class DependencyColors
{
    private const int KindShift = 24;
    private const uint IndexMask = 0xffffff;
    private const uint ColorMask = 0xf;

    public DependencyColors(RpmPackageInfo info)
    {
        OfProvides = new int[info.Provides.Count];
        OfRequires = new int[info.Requires.Count];
        var colors = info.Header.GetUInt32s(RpmTag.FileColors);
        var starts = info.Header.GetUInt32s(RpmTag.FileDependsX);
        var counts = info.Header.GetUInt32s(RpmTag.FileDependsN);
        var dictionary = info.Header.GetUInt32s(RpmTag.DependsDict);
        for (var file = 0; file < Math.Min(colors.Length, Math.Min(starts.Length, counts.Length)); file++)
        {
            if ((ulong)starts[file] + counts[file] <= (ulong)dictionary.Length)
            {
                Add(dictionary.AsSpan((int)starts[file], (int)counts[file]), (int)(colors[file] & ColorMask));
            }
        }
    }

    public int[] OfProvides { get; }

    public int[] OfRequires { get; }

    private void Add(ReadOnlySpan<uint> entries, int color)
    {
        foreach (var entry in entries)
        {
            var colors = (entry >> KindShift) switch
            {
                'P' => OfProvides,
                'R' => OfRequires,
                _ => [],
            };
            var index = (int)(entry & IndexMask);
            if (index < colors.Length)
            {
                colors[index] |= color;
            }
        }
    }
}

using System.Globalization;

namespace NodeImage.Tasks;

/// <summary>Says sizes as people do.</summary>
internal static class Sizes
{
    /// <summary>Says a size.</summary>
    /// <param name="bytes">How many bytes.</param>
    public static string Text(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) >> 10} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}

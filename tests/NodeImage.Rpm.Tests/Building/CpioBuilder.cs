using System.Globalization;
using System.Text;

namespace NodeImage.Rpm.Tests.Building;

/// <summary>Writes the archives of payloads.</summary>
internal sealed class CpioBuilder
{
    private readonly List<byte> _archive = [];

    /// <summary>Adds a file in the ASCII format.</summary>
    public CpioBuilder Add(string name, byte[] content, int mode = 0x81a4, string magic = "070701", int? announcedSize = null)
    {
        var fields = new int[] { 1, mode, 0, 0, 1, 0, announcedSize ?? content.Length, 0, 0, 0, 0, Encoding.UTF8.GetByteCount(name) + 1, 0 };
        Write(magic + string.Concat(fields.Select(field => field.ToString("x8", CultureInfo.InvariantCulture))));
        Write(name + "\0");
        Pad();
        _archive.AddRange(content);
        Pad();
        return this;
    }

    /// <summary>Adds a file in rpm's own format.</summary>
    public CpioBuilder AddIndexed(int index, byte[] content)
    {
        Write("07070X" + index.ToString("x8", CultureInfo.InvariantCulture));
        Pad();
        _archive.AddRange(content);
        Pad();
        return this;
    }

    /// <summary>Ends the archive.</summary>
    public byte[] Build()
    {
        Add("TRAILER!!!", [], 0);
        return [.. _archive];
    }

    /// <summary>Ends the archive without saying so.</summary>
    public byte[] BuildWithoutTrailer() => [.. _archive];

    private void Write(string text) => _archive.AddRange(Encoding.UTF8.GetBytes(text));

    private void Pad() => _archive.AddRange(new byte[(4 - (_archive.Count % 4)) % 4]);
}

using NodeImage.Core.IO;

namespace NodeImage.Rpm.Repositories;

/// <summary>
/// Reads XML and refuses any run of it between two <c>&lt;</c> that is far longer than metadata has. An XML reader keeps a text,
/// or an element with its attributes, in memory as a whole.
/// </summary>
/// <param name="inner">The stream that is read; it outlives this one.</param>
internal sealed class MarkupStream(Stream inner) : ReadOnlyForwardStream
{
    /// <summary>The longest run, in bytes.</summary>
    public const int MaxRun = 8 * 1024 * 1024;

    private long _run;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A run is too long.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var data = buffer[..read];
        var first = data.IndexOf((byte)'<');
        _run += first < 0 ? read : first;
        if (_run > MaxRun)
        {
            throw new InvalidDataException($"a text or an element has more than {MaxRun} bytes");
        }

        // Within what is read at once, no run can be too long.
        _run = first < 0 ? _run : read - data.LastIndexOf((byte)'<');
        return read;
    }
}

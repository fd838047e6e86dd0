using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>A blob to send, which is read forward, and from the start again where an attempt failed.</summary>
/// <param name="descriptor">The blob.</param>
/// <param name="open">Opens it; the stream holds the bytes to their digest, or throws <see cref="InvalidDataException"/>.</param>
/// <param name="damaged">Says what is wrong with the bytes here.</param>
internal sealed class BlobSource(Descriptor descriptor, Func<Stream> open, Func<Exception, DiagnosticException> damaged) : IDisposable
{
    private Stream? _stream;
    private long _position;

    public Descriptor Descriptor => descriptor;

    /// <summary>Reads the bytes from a place on.</summary>
    /// <returns>How many were read; never 0 before the end.</returns>
    /// <exception cref="DiagnosticException">The blob is missing or damaged.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        try
        {
            if (_stream is null || _position > offset)
            {
                _stream?.Dispose();
                _stream = open();
                _position = 0;
            }

            while (_position < offset)
            {
                Advance(buffer[..(int)Math.Min(buffer.Length, offset - _position)]);
            }

            return Advance(buffer[..(int)Math.Min(buffer.Length, descriptor.Size - _position)]);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw damaged(e);
        }
    }

    public void Dispose() => _stream?.Dispose();

    private int Advance(Span<byte> buffer)
    {
        var read = _stream!.Read(buffer);
        _position += read;
        return read > 0 || buffer.IsEmpty ? read : throw new InvalidDataException($"It ends after {_position} bytes.");
    }
}

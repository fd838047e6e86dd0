using NodeImage.Core.IO;
using SharpCompress.Common;
using ZstdSharp;

namespace NodeImage.Core.Compression;

/// <summary>
/// Makes every decoder report damage in one way. The libraries each have exceptions of their own, and some let an
/// index run out of bounds when the data is hostile.
/// </summary>
internal sealed class DamageReportingStream : ReadOnlyForwardStream
{
    private readonly Stream _inner;

    public DamageReportingStream(Func<Stream> open) => _inner = Guard(open);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new InvalidDataException("The compressed data is damaged.", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Stream Guard(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new InvalidDataException("The compressed data is damaged.", e);
        }
    }

    private static bool IsDamage(Exception e) => e is SharpCompressException or ZstdException or EndOfStreamException
        or IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidOperationException
        or NotSupportedException or NotImplementedException or NullReferenceException;
}

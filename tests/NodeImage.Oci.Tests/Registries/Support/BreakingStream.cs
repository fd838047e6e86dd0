namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>A connection that breaks after some bytes, read or written.</summary>
internal sealed class BreakingStream(Stream inner, long after) : Stream
{
    private long _left = after;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left == 0)
        {
            throw Broken();
        }

        var read = inner.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        var written = (int)Math.Min(count, _left);
        inner.Write(buffer, offset, written);
        _left -= written;
        if (written < count)
        {
            throw Broken();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static IOException Broken() => new("The connection was reset.");
}

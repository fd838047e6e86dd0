using NodeImage.Core.IO;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Payloads;

/// <summary>The content of one file after the other. Closing it does nothing, so that one file's reader cannot end the next.</summary>
internal sealed class PayloadContent(PayloadArchive archive, FileDigestCheck? check) : ReadOnlyForwardStream
{
    private long _length;
    private long _remaining;
    private bool _checked = true;

    /// <summary>The current file, or null before the first and after the last.</summary>
    public RpmFileEntry? File { get; private set; }

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _length - _remaining;
        set => base.Position = value;
    }

    /// <summary>Begins a file whose header has just been read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="archivedSize">The size of its content as the archive has it, or null where it has none.</param>
    public void Begin(RpmFileEntry file, uint? archivedSize)
    {
        var stored = file.HasContent || file.IsSymbolicLink ? file.Size : 0;
        if (archivedSize is { } size && size != stored)
        {
            throw archive.Damaged($"it has {size} bytes for {file.Path}, but the header announces {stored}");
        }

        if (file.IsSymbolicLink)
        {
            // Where a link points is told by the header.
            archive.Skip(stored);
            stored = 0;
        }

        File = file;
        _length = stored;
        _remaining = stored;
        _checked = check is null || !file.HasContent;
    }

    /// <summary>Passes over what is left of the current file, and checks it.</summary>
    public void Finish()
    {
        if (File is null)
        {
            return;
        }

        Span<byte> scratch = stackalloc byte[4096];
        while (_remaining > 0)
        {
            _ = Read(scratch);
        }

        Check();
    }

    /// <summary>Says that there is no further file.</summary>
    public void End() => File = null;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_remaining == 0 || buffer.IsEmpty)
        {
            if (_remaining == 0)
            {
                Check();
            }

            return 0;
        }

        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, _remaining)]);
        _remaining -= read;
        if (!_checked)
        {
            check!.Append(buffer[..read]);
        }

        if (_remaining == 0)
        {
            Check();
        }

        return read;
    }

    /// <summary>Gives the digest back.</summary>
    public void Release() => check?.Dispose();

    private void Check()
    {
        if (!_checked)
        {
            _checked = true;
            check!.Finish(File!);
        }
    }
}

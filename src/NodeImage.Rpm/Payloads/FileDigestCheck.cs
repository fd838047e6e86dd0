using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Digests;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Payloads;

/// <summary>Compares the content of files with their digests in the header (<c>rpmfiArchiveReadToFilePsm</c> in rpm's <c>lib/rpmfi.c</c>).</summary>
internal sealed class FileDigestCheck(DigestAlgorithm algorithm, string source) : IDisposable
{
    private readonly RunningDigest _digest = RunningDigest.TryCreate(algorithm)!;

    /// <summary>Takes more of the current file's content.</summary>
    /// <param name="data">The bytes.</param>
    public void Append(ReadOnlySpan<byte> data) => _digest.Append(data);

    /// <summary>Ends the current file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DiagnosticException">NI2312: the content is another than was announced.</exception>
    public void Finish(RpmFileEntry file)
    {
        var found = _digest.Finish();
        if (found.AsSpan().SequenceEqual(file.Digest.Span))
        {
            return;
        }

        // Old packages have zeros for empty files; decoded, an empty digest is as good as that.
        if (file.Size == 0 && algorithm == DigestAlgorithm.Md5 && file.Digest.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }

        var announced = file.Digest.IsEmpty ? "none" : Convert.ToHexStringLower(file.Digest.Span);
        throw PayloadDiagnostics.FileDigestMismatch.Error(
            null, source, file.Path, DigestAlgorithms.NameOf(algorithm), announced, Convert.ToHexStringLower(found));
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();
}

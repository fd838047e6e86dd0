using System.Globalization;
using NodeImage.Oci.Registries.Transport;

namespace NodeImage.Oci.Registries.Blobs;

/// <summary>An upload that the registry has begun.</summary>
/// <param name="Location">Where it goes on: the address is the registry's to choose, and new with each answer.</param>
/// <param name="Offset">How many bytes the registry has.</param>
/// <param name="MinChunkSize">The least that the registry wants in a chunk that is not the last.</param>
internal sealed record UploadSession(Uri Location, long Offset, long MinChunkSize)
{
    /// <summary>Reads what an answer says of an upload.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="before">The upload as it was before, or null at the start.</param>
    /// <param name="sent">Up to where it has been sent: no registry can have more.</param>
    /// <param name="options">Which hosts may go without TLS.</param>
    /// <exception cref="Core.Diagnostics.DiagnosticException">It makes no sense.</exception>
    public static UploadSession Read(RegistryAnswer answer, UploadSession? before, long sent, RegistryOptions options)
    {
        var location = before?.Location;
        if (answer.TryGetHeader("Location", out var text))
        {
            location = TrustRules.TryResolve(answer.Address, text, options, out var resolved) ? resolved : throw answer.Malformed("it moves the upload to nowhere, or to where there is no TLS.");
        }

        var minimum = answer.TryGetHeader("OCI-Chunk-Min-Length", out var length) && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : before?.MinChunkSize ?? 0;
        return new UploadSession(
            location ?? throw answer.Malformed("it begins an upload without a Location."),
            before is null ? 0 : ReadOffset(answer, sent),
            minimum);
    }

    /// <summary>The address that ends the upload.</summary>
    /// <param name="digest">The digest of the blob, as text.</param>
    public Uri Finish(string digest)
    {
        var address = Location.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return new Uri($"{address}{(Location.Query.Length > 1 ? "&" : Location.Query.Length == 1 ? "" : "?")}digest={Uri.EscapeDataString(digest)}");
    }

    // "Range: 0-N", where N is the last byte, so that one byte and none look the same; a Range is not always given.
    private static long ReadOffset(RegistryAnswer answer, long sent)
    {
        if (!answer.TryGetHeader("Range", out var text))
        {
            return sent;
        }

        var range = text.AsSpan(text.StartsWith("bytes=", StringComparison.Ordinal) ? 6 : 0);
        if (!range.StartsWith("0-", StringComparison.Ordinal) || !long.TryParse(range[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            throw answer.Malformed($"it has the range '{RegistryErrors.Clean(text)}' of an upload.");
        }

        // Some count the bytes instead of naming the last one.
        return last > 0 || sent == 1 ? Math.Min(last, sent - 1) + 1 : 0;
    }
}

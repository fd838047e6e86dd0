using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using NodeImage.Core.IO;

namespace NodeImage.Core.Transfer;

/// <summary>
/// Fetches files: from one source after the other, again after a pause where the fault may pass, and on from where an
/// attempt broke off. A file appears at its destination only when it is complete and has been checked.
/// </summary>
public sealed class Downloader : IDisposable
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    /// <summary>Makes a downloader that uses the platform's own proxy settings and trusted roots.</summary>
    /// <param name="time">Measures the pauses between attempts.</param>
    /// <param name="handler">What carries the requests; null for the platform's own.</param>
    public Downloader(TimeProvider time, HttpMessageHandler? handler = null)
    {
        _time = time;
        _client = new HttpClient(handler ?? new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxAutomaticRedirections = 8,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("NodeImage.Sdk", "1.0"));
    }

    /// <summary>Fetches a file.</summary>
    /// <param name="request">The file.</param>
    /// <param name="progress">Hears of the bytes as they come, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>When the file is in its place.</returns>
    /// <exception cref="TransferException">No source has it as it should be.</exception>
    public async Task FetchAsync(TransferRequest request, IProgress<long>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(request.Destination)!);
        var aside = AtomicFile.NameAside(Path.GetDirectoryName(request.Destination)!, Path.GetFileName(request.Destination));
        try
        {
            var faults = new List<Exception>();
            foreach (var source in request.Sources)
            {
                if (await TryFetchAsync(source, request, aside, faults, progress, cancellation).ConfigureAwait(false))
                {
                    File.Move(aside, request.Destination, overwrite: true);
                    return;
                }
            }

            var message = string.Join(" ", faults.Select(fault => fault.Message).Distinct(StringComparer.Ordinal));
            var last = faults.LastOrDefault();
            var foundSize = (last?.InnerException as TransferSizeException)?.Found;
            throw new TransferException(message.Length == 0 ? "It has no source." : message, faults.Exists(fault => fault is InvalidDataException), last, faults.TrueForAll(IsMissing), foundSize);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<bool> TryFetchAsync(Uri source, TransferRequest request, string aside, List<Exception> faults, IProgress<long>? progress, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TransferAsync(source, request, aside, progress, cancellation).ConfigureAwait(false);
                Check(request, aside);
                return true;
            }
            catch (Exception e) when (IsFault(e, cancellation))
            {
                faults.Add(Describe(source, e));
                if (IsWrong(e))
                {
                    // What came is wrong, so there is nothing to go on from.
                    File.Delete(aside);
                }

                if (attempt == Attempts || !MayPass(e))
                {
                    return false;
                }
            }

            await Task.Delay(pause, _time, cancellation).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task TransferAsync(Uri source, TransferRequest request, string aside, IProgress<long>? progress, CancellationToken cancellation)
    {
        if (source.IsFile)
        {
            await using var local = new FileStream(source.LocalPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using var copy = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            await CopyAsync(local, copy, request, progress, cancellation).ConfigureAwait(false);
            return;
        }

        var have = File.Exists(aside) ? new FileInfo(aside).Length : 0;
        using var message = new HttpRequestMessage(HttpMethod.Get, source);
        if (have > 0)
        {
            message.Headers.Range = new RangeHeaderValue(have, null);
        }

        using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is here already, or the file has become shorter; the check tells which.
            return;
        }

        response.EnsureSuccessStatusCode();
        var continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var file = new FileStream(aside, continues ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, 1);
        await CopyAsync(body, file, request, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Stream from, FileStream to, TransferRequest request, IProgress<long>? progress, CancellationToken cancellation)
    {
        var limit = Math.Min(request.Size ?? long.MaxValue, request.MaxSize);
        var buffer = new byte[1 << 16];
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            stall.CancelAfter(StallLimit);
            var read = await from.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            if (to.Position + read > limit)
            {
                throw new TransferSizeException(string.Create(CultureInfo.InvariantCulture, $"It is larger than {limit} bytes."), string.Create(CultureInfo.InvariantCulture, $"more than {limit}"), isTooLarge: true);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress?.Report(read);
        }
    }

    private static void Check(TransferRequest request, string aside)
    {
        var length = new FileInfo(aside).Length;
        if (request.Size is { } size && length != size)
        {
            // Too short may be a connection that broke off without a word; it is gone on from.
            var text = length < size
                ? string.Create(CultureInfo.InvariantCulture, $"It ends after {length} of {size} bytes.")
                : string.Create(CultureInfo.InvariantCulture, $"It has {length} bytes instead of {size}.");
            throw new TransferSizeException(text, length.ToString(CultureInfo.InvariantCulture), isTooLarge: length > size);
        }

        request.Verify?.Invoke(aside);
    }

    private static bool IsFault(Exception e, CancellationToken cancellation) =>
        (e is HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        && !StorageFaults.IsDiskFull(e);

    private static bool IsWrong(Exception e) => e is InvalidDataException or TransferSizeException { IsTooLarge: true };

    private static bool MayPass(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => false,
        HttpRequestException { StatusCode: { } status } => (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => false,
        _ => true,
    };

    private static bool IsMissing(Exception fault) => fault.InnerException is FileNotFoundException or DirectoryNotFoundException
        or HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone };

    private static Exception Describe(Uri source, Exception e)
    {
        var reason = e switch
        {
            HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"the server answers {(int)status} ({status})."),
            FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"nothing came for {StallLimit.TotalSeconds} seconds."),
            _ => e.Message,
        };
        var message = $"{Printable(source)}: {reason}";
        return IsWrong(e) ? new InvalidDataException(message, e) : new IOException(message, e);
    }

    // A password in an address must not reach a log.
    private static string Printable(Uri source) => source.IsFile ? source.LocalPath : source.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);
}

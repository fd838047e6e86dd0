using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using NodeImage.Core.Digests;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Tests.Registries.Support;

/// <summary>A registry within the test, which follows the distribution specification, and breaks connections when told to.</summary>
internal sealed partial class FakeRegistry : HttpMessageHandler
{
    public const string Host = "registry.example";

    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<Exchange> Seen { get; } = new();

    /// <summary>Blobs by repository and digest.</summary>
    public ConcurrentDictionary<(string Repository, string Digest), byte[]> Blobs { get; } = new();

    /// <summary>Manifests by repository and tag or digest.</summary>
    public ConcurrentDictionary<(string Repository, string Reference), (string MediaType, byte[] Bytes)> Manifests { get; } = new();

    /// <summary>Answers in the place of the registry where it gives something.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?>? Intercept { get; set; }

    /// <summary>After how many bytes the next uploads break.</summary>
    public ConcurrentQueue<long> UploadBreaks { get; } = new();

    /// <summary>After how many bytes the next downloads break.</summary>
    public ConcurrentQueue<long> DownloadBreaks { get; } = new();

    /// <summary>Whether it forgets uploads that broke.</summary>
    public bool ForgetsUploads { get; set; }

    /// <summary>Whether it knows nothing of ranges.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>Whether it mounts blobs.</summary>
    public bool Mounts { get; set; } = true;

    /// <summary>The requests whose lines begin so.</summary>
    public int Count(string start) => Seen.Count(exchange => exchange.Line.StartsWith(start, StringComparison.Ordinal));

    public Descriptor AddBlob(string repository, byte[] bytes, string mediaType = MediaTypes.LayerGzip)
    {
        var digest = Sha256Digest.Of(bytes);
        Blobs[(repository, digest.ToString())] = bytes;
        return new Descriptor(mediaType, digest, bytes.Length);
    }

    public Descriptor AddManifest(string repository, string tag, byte[] bytes, string mediaType = MediaTypes.Manifest)
    {
        var digest = Sha256Digest.Of(bytes);
        Manifests[(repository, tag)] = Manifests[(repository, digest.ToString())] = (mediaType, bytes);
        return new Descriptor(mediaType, digest, bytes.Length);
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        foreach (var (name, value) in headers)
        {
            Assert.True(answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value));
        }

        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen.Enqueue(Exchange.Of(request));
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (Intercept?.Invoke(request) is { } given)
        {
            return given;
        }

        return await ServeAsync(request).ConfigureAwait(false);
    }

    /// <summary>Does what is asked, unseen.</summary>
    public async Task<HttpResponseMessage> ServeAsync(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath == "/v2/")
        {
            return Answer(HttpStatusCode.OK);
        }

        var match = Route().Match(request.RequestUri!.AbsolutePath);
        Assert.True(match.Success, $"no such route: {request.RequestUri}");
        var (repository, kind, rest) = (match.Groups["repository"].Value, match.Groups["kind"].Value, match.Groups["rest"].Value);
        return kind switch
        {
            "manifests" => await ManifestAsync(request, repository, rest).ConfigureAwait(false),
            _ when rest.StartsWith("uploads/", StringComparison.Ordinal) => await UploadAsync(request, repository, rest[8..]).ConfigureAwait(false),
            _ => Blob(request, repository, rest),
        };
    }

    private async Task<HttpResponseMessage> ManifestAsync(HttpRequestMessage request, string repository, string reference)
    {
        if (request.Method == HttpMethod.Put)
        {
            var bytes = await request.Content!.ReadAsByteArrayAsync().ConfigureAwait(false);
            var added = AddManifest(repository, reference, bytes, request.Content.Headers.ContentType!.ToString());
            return Answer(HttpStatusCode.Created, ("Docker-Content-Digest", added.Digest.ToString()));
        }

        if (!Manifests.TryGetValue((repository, reference), out var found))
        {
            return Error(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        }

        var answer = Answer(HttpStatusCode.OK, ("Docker-Content-Digest", Sha256Digest.Of(found.Bytes).ToString()));
        answer.Content = new ByteArrayContent(request.Method == HttpMethod.Head ? [] : found.Bytes);
        answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(found.MediaType);
        return answer;
    }

    private HttpResponseMessage Blob(HttpRequestMessage request, string repository, string digest)
    {
        if (!Blobs.TryGetValue((repository, digest), out var bytes))
        {
            return Error(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        }

        var from = IgnoresRanges ? 0 : (int)(request.Headers.Range?.Ranges.First().From ?? 0);
        var answer = Answer(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK);
        if (request.Method == HttpMethod.Get)
        {
            Stream body = new MemoryStream(bytes, from, bytes.Length - from);
            answer.Content = new StreamContent(DownloadBreaks.TryDequeue(out var after) ? new BreakingStream(body, after) : body);
        }

        answer.Content.Headers.ContentLength = bytes.Length - from;
        answer.Content.Headers.ContentRange = from > 0 ? new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length) : null;
        return answer;
    }

    private async Task<HttpResponseMessage> UploadAsync(HttpRequestMessage request, string repository, string id)
    {
        if (request.Method == HttpMethod.Post)
        {
            return Begin(request, repository);
        }

        if (!_uploads.TryGetValue(id, out var upload))
        {
            return Error(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        }

        if (request.Method == HttpMethod.Delete)
        {
            _uploads.TryRemove(id, out _);
            return Answer(HttpStatusCode.NoContent);
        }

        if (request.Method == HttpMethod.Get)
        {
            return State(HttpStatusCode.NoContent, repository, id, upload);
        }

        var range = request.Content!.Headers.NonValidated.TryGetValues("Content-Range", out var text) ? text.ToString().Split('-') : null;
        if (range is not null && long.Parse(range[0], CultureInfo.InvariantCulture) != upload.Length)
        {
            return Error(HttpStatusCode.RequestedRangeNotSatisfiable, "BLOB_UPLOAD_INVALID");
        }

        await TakeAsync(request.Content!, id, upload).ConfigureAwait(false);
        return request.Method == HttpMethod.Patch ? State(HttpStatusCode.Accepted, repository, id, upload) : Finish(request, repository, id, upload);
    }

    private async Task TakeAsync(HttpContent content, string id, MemoryStream upload)
    {
        try
        {
            await content.CopyToAsync(UploadBreaks.TryDequeue(out var after) ? new BreakingStream(upload, after) : upload).ConfigureAwait(false);
        }
        catch
        {
            if (ForgetsUploads)
            {
                _uploads.TryRemove(id, out _);
            }

            throw;
        }
    }

    private HttpResponseMessage Begin(HttpRequestMessage request, string repository)
    {
        var query = Query(request.RequestUri!);
        if (Mounts && query.TryGetValue("mount", out var digest) && Blobs.TryGetValue((query["from"], digest), out var bytes))
        {
            Blobs[(repository, digest)] = bytes;
            return Answer(HttpStatusCode.Created, ("Docker-Content-Digest", digest));
        }

        var id = Guid.NewGuid().ToString();
        return State(HttpStatusCode.Accepted, repository, id, _uploads[id] = new MemoryStream());
    }

    // The address of an upload changes with each answer, as it may.
    private static HttpResponseMessage State(HttpStatusCode status, string repository, string id, MemoryStream upload) => Answer(
        status,
        ("Location", string.Create(CultureInfo.InvariantCulture, $"/v2/{repository}/blobs/uploads/{id}?state={upload.Length}")),
        ("Range", string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(upload.Length - 1, 0)}")));

    private HttpResponseMessage Finish(HttpRequestMessage request, string repository, string id, MemoryStream upload)
    {
        _uploads.TryRemove(id, out _);
        var (digest, bytes) = (Query(request.RequestUri!)["digest"], upload.ToArray());
        if (Sha256Digest.Of(bytes).ToString() != digest)
        {
            return Error(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        }

        Blobs[(repository, digest)] = bytes;
        return Answer(HttpStatusCode.Created, ("Docker-Content-Digest", digest));
    }

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message = "no") => new(status)
    {
        Content = new StringContent($$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}"""),
    };

    public static Dictionary<string, string> Query(Uri address) => address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => pair[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => string.Join(' ', group.Select(pair => Uri.UnescapeDataString(pair[1]))), StringComparer.Ordinal);

    [GeneratedRegex("^/v2/(?<repository>.+?)/(?<kind>blobs|manifests)/(?<rest>.*)$")]
    private static partial Regex Route();
}

using System.Net;

namespace NodeImage.EndToEnd.Tests.Engines.Support;

/// <summary>Serves a folder over HTTP, to this machine only.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener;

    /// <summary>Begins to serve a folder.</summary>
    public FileServer(string folder)
    {
        (_listener, Port) = Listen();
        _ = Task.Run(() => ServeAsync(folder));
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, int Port) Listen()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = Random.Shared.Next(20000, 60000);
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                // Somebody else has the port.
            }
        }
    }

    private async Task ServeAsync(string folder)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var path = Path.Combine(folder, Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/'));
                if (File.Exists(path))
                {
                    var bytes = await File.ReadAllBytesAsync(path);
                    context.Response.ContentLength64 = bytes.Length;
                    if (context.Request.HttpMethod != "HEAD")
                    {
                        await context.Response.OutputStream.WriteAsync(bytes);
                    }
                }
                else
                {
                    context.Response.StatusCode = 404;
                }

                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // It is closed.
        }
    }
}

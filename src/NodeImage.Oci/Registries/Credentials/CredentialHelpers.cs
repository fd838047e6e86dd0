using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Images;

namespace NodeImage.Oci.Registries.Credentials;

/// <summary>Asks the programs that keep credentials: docker-credential-helpers, "get".</summary>
internal sealed class CredentialHelpers(IReadOnlyList<string> folders, TimeProvider time, ItemReference? subject)
{
    private const int LongestAnswer = 1 << 20;

    // Helpers may ask the user to unlock something.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Asks a helper.</summary>
    /// <returns>What it knows, or null where it has nothing for the server.</returns>
    /// <exception cref="DiagnosticException">It is missing, fails, or talks nonsense.</exception>
    public async Task<RegistryCredential?> GetAsync(string name, string server, CancellationToken cancellation)
    {
        var program = $"docker-credential-{name}";
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw Failed(program, server, "this is no name of a helper.");
        }

        var path = folders.SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".exe")]).FirstOrDefault(File.Exists)
            ?? throw Failed(program, server, "there is no such program.");
        var (exitCode, answer) = await RunAsync(path, server, program, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            // The one failure that is none; all helpers say it in these words.
            return answer.Contains("credentials not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw Failed(program, server, FormattableString.Invariant($"it ends with code {exitCode}."));
        }

        try
        {
            var json = OciJson.Parse(Encoding.UTF8.GetBytes(answer), "answer");
            var (user, secret) = (OciJson.Text(json, "Username"), OciJson.Text(json, "Secret"));
            return user.Length == 0 ? null : RegistryCredential.Of(user, secret);
        }
        catch (InvalidDataException)
        {
            // What is wrong with it may quote the secret.
            throw Failed(program, server, "its answer is not JSON with 'Username' and 'Secret'.");
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string path, string server, string program, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, ["get"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, stop.Token);
            await WriteServerAsync(process, server).ConfigureAwait(false);
            var output = await ReadAsync(process.StandardOutput.BaseStream, stop.Token).ConfigureAwait(false)
                ?? throw Failed(program, server, "it talks without end.");
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(program, server, FormattableString.Invariant($"it does not end within {Patience.TotalSeconds} seconds."));
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw RegistryDiagnostics.CredentialHelperFailed.Wrap(e, subject, program, server, e.Message);
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task WriteServerAsync(Process process, string server)
    {
        try
        {
            await process.StandardInput.WriteAsync(server).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read; its exit code says more.
        }
    }

    private static async Task<string?> ReadAsync(Stream output, CancellationToken cancellation)
    {
        var buffer = new byte[LongestAnswer];
        var length = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return length == buffer.Length ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It was never started, or is gone.
        }
    }

    private DiagnosticException Failed(string program, string server, string why) => RegistryDiagnostics.CredentialHelperFailed.Error(subject, program, server, why);
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.IO;

namespace NodeImage.Oci.Registries;

/// <summary>Files with the certificates of authorities that a registry's own is signed by.</summary>
public static class CertificateAuthorityFile
{
    private const int LargestFile = 4 << 20;

    /// <summary>Reads certificates.</summary>
    /// <param name="path">A file with one or more certificates in PEM.</param>
    /// <param name="subject">The item or property that names it, for diagnostics.</param>
    /// <returns>The certificates, at least one.</returns>
    /// <exception cref="DiagnosticException">It cannot be read, or has none (NI5113).</exception>
    public static ImmutableArray<X509Certificate2> Read(string path, ItemReference? subject = null)
    {
        try
        {
            using var file = new StreamReader(new BoundedStream(File.OpenRead(path), LargestFile), Encoding.UTF8);
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(file.ReadToEnd());
            return certificates.Count > 0 ? [.. certificates] : throw RegistryDiagnostics.CertificatesMalformed.Error(subject, path, "it has none.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or CryptographicException)
        {
            throw RegistryDiagnostics.CertificatesMalformed.Wrap(e, subject, path, e.Message);
        }
    }
}

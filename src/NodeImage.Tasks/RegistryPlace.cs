using NodeImage.Core.Diagnostics;
using NodeImage.Oci.Registries;
using NodeImage.Oci.Registries.Naming;

namespace NodeImage.Tasks;

/// <summary>How this user speaks with registries.</summary>
internal static class RegistryPlace
{
    /// <summary>Makes a client with the credentials and settings of the user's environment.</summary>
    /// <param name="registry">The registry, the only one that sees credentials which variables hold.</param>
    /// <param name="forPush">Whether an image is pushed there, or pulled.</param>
    /// <param name="authorities">A file with certificates of authorities that are trusted besides the platform's, or empty.</param>
    /// <param name="startFolder">The folder that the build was started in.</param>
    /// <param name="subject">The property that names the registry, for diagnostics.</param>
    public static RegistryClient Connect(RegistryName registry, bool forPush, string? authorities, string startFolder, ItemReference subject)
    {
        var environment = new RegistryEnvironment
        {
            Variable = Environment.GetEnvironmentVariable,
            HomeFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            WorkingFolder = startFolder,
            Subject = subject,
        };
        return new RegistryClient(environment.Options(registry, forPush, TimeProvider.System, Random.Shared) with
        {
            CertificateAuthorities = string.IsNullOrEmpty(authorities) ? [] : CertificateAuthorityFile.Read(authorities, new ItemReference("ContainerRegistryCertificateAuthority", authorities)),
        });
    }
}

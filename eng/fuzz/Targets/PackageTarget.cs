using NodeImage.Rpm.Database;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz.Targets;

/// <summary>Package files, read in every way there is.</summary>
internal sealed class PackageTarget : Target
{
    private static readonly RpmKeyring Keyring = MakeKeyring();

    public override string Name => "package";

    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Samples.Packages.Select(package => package.Build()), .. Real("*.rpm")];

    public override void Read(byte[] input) => ReadEverything(RpmPackageFile.Read(input, "fuzz"));

    /// <summary>Reads all that can be read of a package.</summary>
    internal static void ReadEverything(RpmPackageFile package)
    {
        Diagnostics.Ignore(() => Samples.ReadViews(package.Info));
        Diagnostics.Ignore(() => LocalPackage.Describe(package, null));
        Diagnostics.Ignore(() => new RpmFileSelection { IncludeDocumentation = false, Languages = ["en"], Color = 2 }.Apply(package.Info.Files));
        Diagnostics.Ignore(() => InstalledHeader.Make(package, new InstallationRecord { Time = 1, Transaction = 1 }));
        Diagnostics.Ignore(() => new RpmVerificationPolicy().Enforce(package, Keyring, RpmVerification.Verify(package, Keyring)));
        Diagnostics.Ignore(() => ReadPayload(package, checkDigests: false));
        ReadPayload(package, checkDigests: true);
    }

    private static void ReadPayload(RpmPackageFile package, bool checkDigests)
    {
        var buffer = new byte[64 * 1024];
        using var reader = RpmPayloadReader.Open(package, new RpmPayloadOptions { CheckFileDigests = checkDigests });
        while (reader.MoveNext())
        {
            while (reader.Content.Read(buffer) > 0)
            {
            }
        }
    }

    private static RpmKeyring MakeKeyring()
    {
        var keyring = new RpmKeyring();
        keyring.Add(TestKey.Rsa.Certificate, "key");
        return keyring;
    }
}

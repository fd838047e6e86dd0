using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Rpm.OpenPgp;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Repositories;
using NodeImage.Rpm.Tests.Building;
using NodeImage.Rpm.Tests.Repositories;

namespace NodeImage.Rpm.Tests.Data;

/// <summary>Looks at real packages, keys and metadata, where the environment says where they are.</summary>
public sealed class DataSetTests
{
    [Fact]
    public void Packages_say_of_themselves_what_their_repositories_say_of_them()
    {
        var packages = Find("*.rpm").Select(Open).OfType<RpmPackageFile>().ToLookup(package => Sha256Digest.OfFile(package.Source).Hex);
        var compared = 0;
        foreach (var path in Find("*primary.xml.*").Where(path => !path.EndsWith(".zck", StringComparison.Ordinal)))
        {
            var entry = new RepositoryIndexEntry { Type = "primary", Location = path };
            foreach (var listed in MetadataFile.Read(path, "test", entry, stream => PrimaryReader.Read(stream, path)))
            {
                foreach (var package in packages[listed.Checksum])
                {
                    LocalPackageTests.Same(listed, LocalPackage.Describe(package, listed.Location, listed.ChecksumType, listed.Checksum), inOrder: false);
                    compared++;
                }
            }
        }

        Assert.InRange(compared, 10, int.MaxValue);
    }

    [Fact]
    public void Keys_of_every_algorithm_bear_out_their_own_signatures()
    {
        var seen = new HashSet<OpenPgpAlgorithm>();
        foreach (var path in Find("RPM-GPG-KEY-*"))
        {
            foreach (var block in OpenPgpArmor.Read(File.ReadAllBytes(path), OpenPgpArmor.PublicKeyBlock))
            {
                seen.UnionWith(CheckSelfSignatures(block!));
            }
        }

        Assert.Superset(new HashSet<OpenPgpAlgorithm> { OpenPgpAlgorithm.Rsa, OpenPgpAlgorithm.Dsa, OpenPgpAlgorithm.MlDsa87Ed448 }, seen);
    }

    // Signatures of the primary key over itself, and over itself and a user name.
    private static List<OpenPgpAlgorithm> CheckSelfSignatures(ReadOnlyMemory<byte> rest)
    {
        var found = new List<OpenPgpAlgorithm>();
        OpenPgpPublicKey? key = null;
        byte[] user = [];
        while (OpenPgpPacket.TryTake(ref rest, out var packet))
        {
            key = packet.Tag == OpenPgpPacketTag.PublicKey ? OpenPgpPublicKey.Read(packet.Body) : key;
            user = packet.Tag switch
            {
                OpenPgpPacketTag.PublicKey => [],
                OpenPgpPacketTag.UserId => [0xb4, .. HeaderBuilder.Number(packet.Body.Length), .. packet.Body.Span],
                _ => user,
            };
            if (packet.Tag == OpenPgpPacketTag.Signature && OpenPgpSignature.Read(packet.Body) is { } signature && signature.Issuer == key?.KeyId
                && (int)signature.Type is (>= 0x10 and <= 0x13) or 0x1f)
            {
                using var digest = signature.BeginDigest()!;
                digest.Append(key.DigestedForm());
                digest.Append((int)signature.Type == 0x1f ? [] : user);
                Assert.True(OpenPgpVerifier.Verify(key, signature, signature.FinishDigest(digest)));
                found.Add(key.Algorithm);
            }
        }

        return found;
    }

    private static IEnumerable<string> Find(string pattern)
    {
        var folder = Environment.GetEnvironmentVariable("NODEIMAGE_TESTDATA");
        if (string.IsNullOrEmpty(folder))
        {
            Assert.Skip("NODEIMAGE_TESTDATA is not set");
        }

        return Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
    }

    private static RpmPackageFile? Open(string path)
    {
        try
        {
            return RpmPackageFile.Open(path);
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }
}

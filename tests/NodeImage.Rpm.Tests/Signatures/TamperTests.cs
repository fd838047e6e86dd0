using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Payloads;
using NodeImage.Rpm.Signatures;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Rpm.Tests.Signatures;

/// <summary>A signed package is changed byte by byte.</summary>
public sealed class TamperTests
{
    private static readonly byte[] Package = new RpmBuilder
    {
        Compressor = "zstd",
        Files = [TestFile.Directory("/opt/hello"), TestFile.Regular("/opt/hello/hello", "Hello, world"), TestFile.Link("/opt/hello/link", "hello")],
        Signature = (signature, header, everything) => signature
            .AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign(header))
            .AddBytes(RpmSignatureTag.Pgp, TestKey.Rsa.Sign(everything)),
    }.Build();

    private static readonly RpmPackageFile Whole = RpmPackageFile.Read(Package, "whole");

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0xff)]
    public void A_byte_changed_in_header_or_payload_is_refused_with_the_code_that_fits(int mask)
    {
        for (var position = (int)Whole.HeaderOffset; position < Package.Length; position++)
        {
            var code = Judge(Change(position, mask), out _);

            Assert.True(
                position >= Whole.PayloadOffset
                    ? code == SignatureDiagnostics.DigestMismatch.Code
                    : code == SignatureDiagnostics.DigestMismatch.Code || code == PackageDiagnostics.MalformedHeader.Code,
                $"The byte at {position} was changed, and the result is {code ?? "acceptance"}.");
        }
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    public void A_byte_changed_in_lead_or_signature_header_is_refused_or_changes_nothing(int mask)
    {
        var expected = Describe(Whole);
        var harmless = 0;
        for (var position = 0; position < Whole.HeaderOffset; position++)
        {
            if (Judge(Change(position, mask), out var package) is null)
            {
                harmless++;
                Assert.Equal(expected, Describe(package!));
            }
        }

        // Names and numbers in the lead, room that is kept free, padding, and what tells one signature tag from another.
        Assert.InRange(harmless, 80, Whole.HeaderOffset / 2);
    }

    [Fact]
    public void A_package_cut_off_anywhere_is_refused()
    {
        for (var length = 0; length < Package.Length; length++)
        {
            Assert.NotNull(Judge(Package[..length], out _));
        }
    }

    [Fact]
    public void A_package_with_something_after_it_is_refused()
    {
        Assert.Equal(SignatureDiagnostics.SizeMismatch.Code, Judge([.. Package, 0], out _));
    }

    private static byte[] Change(int position, int mask)
    {
        var changed = (byte[])Package.Clone();
        changed[position] ^= (byte)mask;
        return changed;
    }

    private static string? Judge(byte[] content, out RpmPackageFile? package)
    {
        RpmPackageFile? opened = null;
        var code = Refusal.CodeOf(() =>
        {
            var keyring = new RpmKeyring();
            keyring.Add(TestKey.Rsa.Certificate, "key");
            opened = RpmPackageFile.Read(content, "changed");
            new RpmVerificationPolicy().Enforce(opened, keyring, RpmVerification.Verify(opened, keyring));
        });
        package = opened;
        return code;
    }

    private static string Describe(RpmPackageFile package)
    {
        using var reader = RpmPayloadReader.Open(package);
        var text = Convert.ToHexString(package.Header.Blob.Span);
        while (reader.MoveNext())
        {
            using var content = new StreamReader(reader.Content);
            text += $"{reader.Current.Path} {content.ReadToEnd()}";
        }

        return text;
    }
}

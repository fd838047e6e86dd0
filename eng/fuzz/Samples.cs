using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Dependencies;
using NodeImage.Rpm.Packages;
using NodeImage.Rpm.Tests.Building;

namespace NodeImage.Fuzz;

/// <summary>Sound packages of every kind.</summary>
internal static class Samples
{
    /// <summary>The packages.</summary>
    public static IReadOnlyList<RpmBuilder> Packages { get; } =
    [
        Make(4, "gzip"), Make(4, "zstd"), Make(4, "bzip2"), Make(6, null), Make(6, "zstd"), Make(3, "gzip"), new(),
    ];

    /// <summary>Decodes all that a header says.</summary>
    public static void ReadViews(RpmPackageInfo info)
    {
        _ = info.Nevra;
        foreach (var kind in Enum.GetValues<RpmDependencyKind>())
        {
            foreach (var dependency in info.GetDependencies(kind))
            {
                if (dependency.IsRich)
                {
                    _ = DependencyParser.TryParseRich(dependency.Name, out _);
                }
            }
        }

        _ = info.Files.Count;
        _ = info.Scriptlets.Count;
        _ = info.Triggers.Count;
        _ = $"{info.Summary} {info.IsSource} {info.InstalledSize}";
    }

    private static RpmBuilder Make(int format, string? compressor) => new()
    {
        Format = format,
        Compressor = compressor,
        Files =
        [
            TestFile.Directory("/opt/a"), TestFile.Regular("/opt/a/b", "b"), TestFile.Link("/opt/a/c", "b"), TestFile.Ghost("/opt/a/d"),
            TestFile.Regular("/opt/a/e", "same") with { Inode = 5 }, TestFile.Regular("/opt/a/f", "same") with { Inode = 5, Flags = RpmFileFlags.Doc },
            TestFile.Regular("/opt/a/g", new byte[20_000]) with { Capabilities = "cap_net_raw=ep", Languages = "de" },
        ],
        Dependencies =
        [
            (RpmDependencyKind.Requires, "(a if (b and c) else d)", 0, ""), (RpmDependencyKind.Requires, "bash", DependencyFlags.Greater, "1:2-3"),
            (RpmDependencyKind.Obsoletes, "x", 0, ""), (RpmDependencyKind.Supplements, "y", 0, ""),
        ],
        Header = header => header
            .Add(RpmTag.PostInstall, "true").AddArray(RpmTag.PostInstallProgram, "/bin/sh")
            .AddArray(RpmTag.TriggerScripts, "x").AddArray(RpmTag.TriggerName, "t").AddArray(RpmTag.TriggerVersion, "1").AddInt32(RpmTag.TriggerFlags, 65544)
            .AddInt32(RpmTag.TriggerIndex, 0),
        Signature = (signature, header, everything) =>
        {
            if (format == 6)
            {
                signature.AddArray(RpmTag.OpenPgp, Convert.ToBase64String(TestKey.Rsa.Sign(header)));
            }
            else
            {
                signature.AddBytes(RpmTag.RsaHeader, TestKey.Rsa.Sign(header)).AddBytes(RpmSignatureTag.Pgp, TestKey.Rsa.Sign(everything, version: 3));
            }
        },
    };
}

/// <summary>Goes on after what may be refused.</summary>
internal static class Diagnostics
{
    public static void Ignore(Action action)
    {
        try
        {
            action();
        }
        catch (DiagnosticException)
        {
        }
    }

    public static void Ignore<T>(Func<T> function) => Ignore(() => { _ = function(); });
}

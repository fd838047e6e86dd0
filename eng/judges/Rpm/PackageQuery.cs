using System.Text;
using System.Text.Unicode;

namespace NodeImage.Judges.Rpm;

/// <summary>Asks <c>rpm -qp</c> for many fields at once.</summary>
internal sealed class PackageQuery
{
    private const byte FieldEnd = 0x1d;
    private const byte ItemEnd = 0x1e;

    private static readonly string[] Scalars =
    [
        "NAME", "EPOCH", "VERSION", "RELEASE", "ARCHSUFFIX", "SUMMARY", "DESCRIPTION", "LICENSE", "VENDOR", "PACKAGER", "URL", "GROUP",
        "BUILDHOST", "SOURCERPM", "BUILDTIME", "LONGSIZE", "PAYLOADCOMPRESSOR", "FILEDIGESTALGO", "MODULARITYLABEL",
        "PREIN", "POSTIN", "PREUN", "POSTUN", "PRETRANS", "POSTTRANS", "VERIFYSCRIPT",
        "PREINFLAGS", "POSTINFLAGS", "PREUNFLAGS", "POSTUNFLAGS", "PRETRANSFLAGS", "POSTTRANSFLAGS", "VERIFYSCRIPTFLAGS",
    ];

    private static readonly string[] Arrays =
    [
        "FILENAMES", "FILEMODES", "FILEUSERNAME", "FILEGROUPNAME", "LONGFILESIZES", "FILEMTIMES", "FILEDIGESTS", "FILELINKTOS", "FILEFLAGS",
        "FILERDEVS", "FILECAPS", "FILELANGS", "FILECOLORS", "FILEVERIFYFLAGS", "FILENLINKS", "PAYLOADDIGEST",
        "PREINPROG", "POSTINPROG", "PREUNPROG", "POSTUNPROG", "PRETRANSPROG", "POSTTRANSPROG", "VERIFYSCRIPTPROG",
        .. Dependencies("PROVIDE"), .. Dependencies("REQUIRE"), .. Dependencies("CONFLICT"), .. Dependencies("OBSOLETE"),
        .. Dependencies("RECOMMEND"), .. Dependencies("SUGGEST"), .. Dependencies("SUPPLEMENT"), .. Dependencies("ENHANCE"), .. Dependencies("ORDER"),
        .. Triggers("TRIGGER"), .. Triggers("FILETRIGGER"), .. Triggers("TRANSFILETRIGGER"), "FILETRIGGERPRIORITIES", "TRANSFILETRIGGERPRIORITIES",
    ];

    private readonly Dictionary<string, string[]> _fields = new(StringComparer.Ordinal);

    private PackageQuery(byte[] output)
    {
        var rest = output.AsSpan();
        foreach (var scalar in Scalars)
        {
            _fields[scalar] = [Decode(Take(ref rest, FieldEnd))];
        }

        foreach (var array in Arrays)
        {
            var items = new List<string>();
            var field = Take(ref rest, FieldEnd);
            while (!field.IsEmpty)
            {
                items.Add(Decode(Take(ref field, ItemEnd)));
            }

            _fields[array] = [.. items];
        }
    }

    /// <summary>Asks about a package.</summary>
    /// <param name="context">Where scratch files may go.</param>
    /// <param name="path">The package file.</param>
    /// <returns>What rpm says, or null where it refuses the package.</returns>
    public static PackageQuery? Ask(JudgeContext context, string path)
    {
        var format = string.Concat(Scalars.Select(tag => $"%{{{tag}}}{(char)FieldEnd}"))
            + string.Concat(Arrays.Select(tag => $"[%{{{tag}}}{(char)ItemEnd}]{(char)FieldEnd}"));
        var result = Peer.Run(context.Scratch, null, "rpm", "--dbpath", Path.Combine(context.Scratch, "no-keys"), "-qp", "--qf", format, path);
        return result.Succeeded ? new PackageQuery(result.Output) : null;
    }

    /// <summary>A field that has one value.</summary>
    public string Scalar(string tag) => _fields[tag][0];

    /// <summary>A field that may have several.</summary>
    public string[] Array(string tag) => _fields[tag];

    private static string[] Dependencies(string kind) => [$"{kind}NAME", $"{kind}VERSION", $"{kind}FLAGS"];

    private static string[] Triggers(string kind) =>
        [$"{kind}SCRIPTS", $"{kind}SCRIPTPROG", $"{kind}SCRIPTFLAGS", $"{kind}NAME", $"{kind}VERSION", $"{kind}FLAGS", $"{kind}INDEX"];

    private static Span<byte> Take(ref Span<byte> rest, byte end)
    {
        var length = rest.IndexOf(end);
        var taken = rest[..length];
        rest = rest[(length + 1)..];
        return taken;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A repository that a test makes with the field's own tools.</summary>
/// <param name="folder">Its folder.</param>
internal sealed class MadeRepository(string folder)
{
    /// <summary>Its folder.</summary>
    public string Folder => folder;

    /// <summary>Builds a package into the repository.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="preamble">Lines of the spec's preamble, such as dependencies.</param>
    /// <param name="rest">Sections of the spec beside %description and %files.</param>
    /// <returns>The package's file.</returns>
    public string Build(string name, string preamble = "", string rest = "")
    {
        Command.Require("rpmbuild", "createrepo_c");
        Directory.CreateDirectory(folder);
        var spec = Path.Combine(folder, $"{name}.spec");
        File.WriteAllText(spec, $"""
            Name: {name}
            Version: 1
            Release: 1
            Summary: A package of a test
            License: None
            BuildArch: noarch
            {preamble}
            %description
            A package of a test.
            %install
            mkdir -p %buildroot/usr/share/{name}
            echo {name} > %buildroot/usr/share/{name}/name
            {rest}
            %files
            /usr/share/{name}

            """);
        var work = Path.Combine(folder, ".build");
        Command.Run("rpmbuild", "-bb", "--quiet", "--define", $"_topdir {work}", "--define", $"_rpmdir {folder}", "--define", "_build_name_fmt %%{NAME}.rpm", spec).Succeeded();
        Directory.Delete(work, recursive: true);
        return Path.Combine(folder, $"{name}.rpm");
    }

    /// <summary>Takes a file of another repository.</summary>
    /// <returns>The copy.</returns>
    public string Take(string file)
    {
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, copy, overwrite: true);
        return copy;
    }

    /// <summary>Writes the metadata of what the repository holds by now.</summary>
    public void Index()
    {
        Command.Require("createrepo_c");
        Command.Run("createrepo_c", "--quiet", folder).Succeeded();
    }

    /// <summary>Turns one bit of a file, in the midst of a range.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the byte is; from the end where negative.</param>
    public static void Flip(string file, long offset)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset < 0 ? stream.Length + offset : offset;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 1));
    }

    /// <summary>Finds where a tag's data ends in a package's signature header (rpm's file format, version 3: 96 bytes of lead, then the header).</summary>
    public static long EndOfSignatureTag(string file, int wanted)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        int Number(int offset, Span<byte> from) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(from[offset..]);
        const int Lead = 96;
        const int Intro = 16;
        const int Entry = 16;
        var count = Number(Lead + 8, bytes);
        for (var at = Lead + Intro; at < Lead + Intro + (count * Entry); at += Entry)
        {
            if (Number(at, bytes) == wanted)
            {
                return Lead + Intro + (count * Entry) + Number(at + 8, bytes) + Number(at + 12, bytes);
            }
        }

        throw new InvalidOperationException($"{file} has no tag {wanted} in its signature header");
    }
}

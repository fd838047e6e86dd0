using System.Text;
using NodeImage.Core.IO;

namespace NodeImage.Compose.Sandboxes;

/// <summary>What the engine asks of the process inside the sandbox.</summary>
internal enum SandboxVerb : byte
{
    /// <summary>Takes paths away and unpacks an archive: the tree as it is now.</summary>
    Sync = 1,

    /// <summary>Runs a command in the tree.</summary>
    Run = 2,

    /// <summary>Tells what commands have changed.</summary>
    Collect = 3,

    /// <summary>Removes the tree and ends.</summary>
    Quit = 4,
}

/// <summary>
/// The two ends' common language, over the inner process's standard input and output: a verb, its fields, and archives
/// in pieces with a piece of no length at the end.
/// </summary>
internal static class SandboxProtocol
{
    /// <summary>The most output of a command that is kept.</summary>
    public const int MaxOutput = 1 << 20;

    private const int PieceSize = 1 << 16;

    /// <summary>Writes strings.</summary>
    public static void WriteTexts(BinaryWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    /// <summary>Reads strings.</summary>
    public static List<string> ReadTexts(BinaryReader reader)
    {
        var texts = new List<string>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            texts.Add(reader.ReadString());
        }

        return texts;
    }

    /// <summary>Writes bytes with their length.</summary>
    public static void WriteBytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>Reads bytes with their length.</summary>
    public static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    /// <summary>Makes a reader that leaves the stream open.</summary>
    public static BinaryReader Reader(Stream stream) => new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Makes a writer that leaves the stream open.</summary>
    public static BinaryWriter Writer(Stream stream) => new(stream, Encoding.UTF8, leaveOpen: true);

    /// <summary>Writes an archive in pieces.</summary>
    public static void WriteStream(Stream output, Action<Stream> write)
    {
        using (var buffered = new BufferedStream(new PieceWriter(output), PieceSize))
        {
            write(buffered);
        }

        output.Write(BitConverter.GetBytes(0));
        output.Flush();
    }

    /// <summary>Reads an archive in pieces; what is not read of it is passed over when the result is closed.</summary>
    public static Stream ReadStream(Stream input) => new PieceReader(input);

    private sealed class PieceWriter(Stream output) : WriteOnlyForwardStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!buffer.IsEmpty)
            {
                output.Write(BitConverter.GetBytes(buffer.Length));
                output.Write(buffer);
            }
        }
    }

    private sealed class PieceReader(Stream input) : ReadOnlyForwardStream
    {
        private int _left;
        private bool _ended;

        public override int Read(Span<byte> buffer)
        {
            if (_left == 0 && !_ended)
            {
                Span<byte> length = stackalloc byte[sizeof(int)];
                input.ReadExactly(length);
                _left = BitConverter.ToInt32(length);
                _ended = _left == 0;
            }

            if (_ended || buffer.IsEmpty)
            {
                return 0;
            }

            var read = input.Read(buffer[..Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read > 0 ? read : throw new EndOfStreamException("The process inside the sandbox has ended.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Span<byte> scratch = stackalloc byte[4096];
                while (!_ended)
                {
                    _ = Read(scratch);
                }
            }

            base.Dispose(disposing);
        }
    }
}

using System.Text;

namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>Reads files of <c>hwdb(7)</c> into a database: <c>import_file</c> in <c>hwdb-util.c</c> of systemd.</summary>
/// <param name="trie">The database.</param>
/// <param name="strings">Its texts.</param>
/// <param name="hasSources">Whether it tells where properties come from.</param>
/// <param name="complain">Takes what systemd would complain about.</param>
internal sealed class HwdbReader(HwdbTrie trie, HwdbStrings strings, bool hasSources, Action<string> complain)
{
    // systemd gives up on a file with a longer line.
    private const int MaxLine = 1 << 20;

    private readonly List<byte[]> _patterns = [];
    private State _state;
    private byte[] _path = [];

    private enum State
    {
        Outside,
        Patterns,
        Properties,
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="priority">Its number in the order of reading, from 1.</param>
    /// <param name="content">The content.</param>
    public void Read(string path, ushort priority, ReadOnlySpan<byte> content)
    {
        Reset();
        _path = Encoding.UTF8.GetBytes(path);
        for (var number = 1u; !content.IsEmpty; number++)
        {
            var line = TakeLine(ref content);
            if (line.Length > MaxLine)
            {
                complain($"'{path}' has a line that is too long, and counts no further.");
                return;
            }

            if (line.StartsWith((byte)'#'))
            {
                continue;
            }

            var comment = line.IndexOf((byte)'#');
            var fault = Read(priority, number, (comment < 0 ? line : line[..comment]).TrimEnd(" \t\n\v\f\r"u8));
            if (fault is not null)
            {
                complain($"line {number} of '{path}' {fault}.");
            }
        }
    }

    private string? Read(ushort priority, uint number, ReadOnlySpan<byte> line)
    {
        var isProperty = line.StartsWith((byte)' ');
        switch (_state)
        {
            case State.Outside when line.IsEmpty:
                return null;
            case State.Outside when isProperty:
                return "is a property without a pattern";
            case State.Patterns when line.IsEmpty:
                Reset();
                return "ends a record that has no properties";
            case State.Properties when line.IsEmpty:
                Reset();
                return null;
            case State.Properties when !isProperty:
                Reset();
                return "is neither a property nor empty";
            case State.Outside or State.Patterns when !isProperty:
                _state = State.Patterns;
                _patterns.Add(line.ToArray());
                return null;
            default:
                _state = State.Properties;
                return Add(priority, number, line);
        }
    }

    private void Reset()
    {
        _state = State.Outside;
        _patterns.Clear();
    }

    private string? Add(ushort priority, uint number, ReadOnlySpan<byte> line)
    {
        var equals = line.IndexOf((byte)'=');
        if (equals < 0)
        {
            return "has no value";
        }

        // Of blanks in front, the last one stays.
        var key = line[..equals];
        while (key.Length > 1 && key[0] is (byte)' ' or (byte)'\t' && key[1] is (byte)' ' or (byte)'\t')
        {
            key = key[1..];
        }

        if (key.Length < 2)
        {
            return "has no name";
        }

        HwdbSource Source() => new(hasSources ? strings.Add(_path) : 0, number, priority);
        foreach (var pattern in _patterns)
        {
            trie.Add(pattern, key, line[(equals + 1)..], Source);
        }

        return null;
    }

    // Of the bytes that end a line, systemd takes one of each kind for one end.
    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> content)
    {
        var end = content.IndexOfAny((byte)'\n', (byte)'\r', (byte)0);
        if (end < 0)
        {
            var last = content;
            content = [];
            return last;
        }

        var line = content[..end];
        content = content[end..];
        var seen = 0;
        while (!content.IsEmpty && content[0] is (byte)'\n' or (byte)'\r' or 0 && (seen & (1 << content[0])) == 0)
        {
            seen |= 1 << content[0];
            content = content[1..];
        }

        return line;
    }
}

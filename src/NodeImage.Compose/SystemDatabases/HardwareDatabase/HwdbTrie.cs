using System.Buffers.Binary;

namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>Where a property comes from.</summary>
/// <param name="FileName">The place of the file's path among the texts, or 0.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="FilePriority">The file's number in the order of reading, from 1.</param>
internal readonly record struct HwdbSource(int FileName, uint Line, ushort FilePriority);

/// <summary>A hardware database: a radix tree of patterns, each with properties. From <c>hwdb-util.c</c> and <c>hwdb-internal.h</c> of systemd.</summary>
/// <param name="strings">The texts.</param>
internal sealed class HwdbTrie(HwdbStrings strings)
{
    private const int HeaderSize = 80;
    private const int NodeSize = 24;
    private const int ChildSize = 16;

    private readonly Node _root = new();

    /// <summary>Adds a property to a pattern. It takes the place of one that has the same name.</summary>
    /// <param name="pattern">The pattern, without zeros.</param>
    /// <param name="key">The property's name, with a blank in front.</param>
    /// <param name="value">Its value.</param>
    /// <param name="source">Where it comes from. Its text is added last, as systemd has it.</param>
    public void Add(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Func<HwdbSource> source)
    {
        var node = Find(pattern);
        var (keyPlace, valuePlace) = (strings.Add(key), strings.Add(value));
        node.Set(new Property(keyPlace, valuePlace, source()), strings);
    }

    /// <summary>Writes the database.</summary>
    /// <param name="version">The version of systemd that it is from.</param>
    /// <param name="hasSources">Whether it tells where properties come from, as <c>systemd-hwdb</c> has it and <c>udevadm</c> has not.</param>
    public byte[] Write(ulong version, bool hasSources)
    {
        var valueSize = hasSources ? 32 : 16;
        var nodes = InOrder();
        var stringsAt = (long)HeaderSize;
        foreach (var node in nodes)
        {
            node.Place = stringsAt;
            stringsAt += NodeSize + ((long)ChildSize * node.Children.Count) + ((long)valueSize * node.Properties.Count);
        }

        var bytes = new byte[checked((int)(stringsAt + strings.Length))];
        WriteHeader(bytes, version, valueSize, stringsAt);
        foreach (var node in nodes)
        {
            WriteNode(bytes.AsSpan((int)node.Place), node, valueSize, stringsAt);
        }

        strings.Bytes.CopyTo(bytes.AsSpan((int)stringsAt));
        return bytes;
    }

    private void WriteHeader(Span<byte> bytes, ulong version, int valueSize, long stringsAt)
    {
        "KSLPHHRH"u8.CopyTo(bytes);
        ReadOnlySpan<ulong> numbers = [version, (ulong)bytes.Length, HeaderSize, NodeSize, ChildSize, (ulong)valueSize, (ulong)_root.Place, (ulong)stringsAt - HeaderSize, (ulong)strings.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(8 + (8 * i))..], numbers[i]);
        }
    }

    private static void WriteNode(Span<byte> bytes, Node node, int valueSize, long stringsAt)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, stringsAt + node.Prefix);
        bytes[8] = (byte)node.Children.Count;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], node.Properties.Count);
        bytes = bytes[NodeSize..];
        foreach (var (letter, child) in node.Children)
        {
            bytes[0] = letter;
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], child.Place);
            bytes = bytes[ChildSize..];
        }

        foreach (var property in node.Properties)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, stringsAt + property.Key);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], stringsAt + property.Value);
            if (valueSize > 16)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], stringsAt + property.Source.FileName);
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], property.Source.Line);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[28..], property.Source.FilePriority);
            }

            bytes = bytes[valueSize..];
        }
    }

    // Each node behind all that is below it. Not by recursion: a file may make the tree as deep as it likes.
    private List<Node> InOrder()
    {
        var nodes = new List<Node>();
        var pending = new Stack<Node>([_root]);
        while (pending.TryPop(out var node))
        {
            nodes.Add(node);
            node.Children.ForEach(child => pending.Push(child.Node));
        }

        nodes.Reverse();
        return nodes;
    }

    private Node Find(ReadOnlySpan<byte> pattern)
    {
        for (var node = _root; ;)
        {
            var prefix = strings[node.Prefix];
            var common = prefix.CommonPrefixLength(pattern);
            if (common < prefix.Length)
            {
                var letter = prefix[common];
                node.Split(letter, node.Prefix + common + 1, strings.Add(prefix[..common].ToArray()));
            }

            if (common == pattern.Length)
            {
                return node;
            }

            var next = pattern[common];
            pattern = pattern[(common + 1)..];
            if (node.Child(next) is not { } child)
            {
                child = new Node { Prefix = strings.Add(pattern) };
                node.Add(next, child);
                return child;
            }

            node = child;
        }
    }

    private readonly record struct Property(int Key, int Value, HwdbSource Source);

    private sealed class Node
    {
        public int Prefix { get; set; }

        public long Place { get; set; }

        public List<(byte Letter, Node Node)> Children { get; private set; } = [];

        public List<Property> Properties { get; private set; } = [];

        public Node? Child(byte letter)
        {
            var index = TrieChildren.Search(Children, letter);
            return index >= 0 ? Children[index].Node : null;
        }

        public void Add(byte letter, Node child) => Children.Insert(~TrieChildren.Search(Children, letter), (letter, child));

        /// <summary>Makes the node end earlier; what it was goes below.</summary>
        public void Split(byte letter, int rest, int prefix)
        {
            var below = new Node { Prefix = rest, Children = Children, Properties = Properties };
            (Prefix, Children, Properties) = (prefix, [(letter, below)], []);
        }

        public void Set(Property property, HwdbStrings strings)
        {
            var (low, high) = (0, Properties.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var known = Properties[middle].Key;
                if (known == property.Key)
                {
                    Properties[middle] = property;
                    return;
                }

                (low, high) = strings[known].SequenceCompareTo(strings[property.Key]) < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            Properties.Insert(low, property);
        }
    }
}

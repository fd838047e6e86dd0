using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NodeImage.Compose.SystemDatabases.ModuleIndex;

/// <summary>
/// An index as kmod searches it: a radix tree of keys, each with values by priority, in version 2.1 of the format that
/// <c>libkmod/libkmod-index.c</c> describes.
/// </summary>
internal sealed class IndexTrie
{
    private const uint Magic = 0xb007f457;
    private const uint FormatVersion = 0x00020001;
    private const int HeaderSize = 12;
    private const uint HasPrefix = 0x80000000;
    private const uint HasValues = 0x40000000;
    private const uint HasChildren = 0x20000000;

    private readonly Node _root = new("");

    /// <summary>Adds a value under a key. Values of one key stand by priority, of one priority the last comes first.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="priority">The priority; a lower number comes first.</param>
    /// <returns>False where the key or the value is not ASCII, which the format cannot hold.</returns>
    public bool Add(string key, string value, uint priority)
    {
        if (!Ascii.IsValid(key) || !Ascii.IsValid(value))
        {
            return false;
        }

        var node = _root;
        for (var at = 0; ;)
        {
            var common = key.AsSpan(at).CommonPrefixLength(node.Prefix);
            if (common < node.Prefix.Length)
            {
                node.Split(common);
            }

            at += common;
            if (at == key.Length)
            {
                node.AddValue(value, priority);
                return true;
            }

            var letter = (byte)key[at++];
            if (node.Child(letter) is not { } child)
            {
                child = new Node(key[at..]);
                node.AddChild(letter, child);
                child.AddValue(value, priority);
                return true;
            }

            node = child;
        }
    }

    /// <summary>Writes the index.</summary>
    /// <param name="rootFirst">Whether each node stands before what is below it, as kmod 34 and later have it, or behind.</param>
    public byte[] Write(bool rootFirst)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteNumber(output, Magic);
        WriteNumber(output, FormatVersion);
        if (rootFirst)
        {
            WriteNumber(output, HeaderSize | _root.Flags);
            WriteRootFirst(_root, output);
            return output.WrittenSpan.ToArray();
        }

        WriteNumber(output, 0);
        var root = WriteRootLast(_root, output);
        var bytes = output.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(HeaderSize - sizeof(uint)), root);
        return bytes;
    }

    private static uint WriteRootLast(Node node, ArrayBufferWriter<byte> output)
    {
        var places = new uint[node.Children.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = WriteRootLast(node.Children[i].Node, output);
        }

        var at = (uint)output.WrittenCount;
        WriteNode(node, places, output);
        return at | node.Flags;
    }

    private static void WriteRootFirst(Node node, ArrayBufferWriter<byte> output)
    {
        var places = new uint[node.Children.Count];
        var next = (uint)(output.WrittenCount + node.Size);
        for (var i = 0; i < places.Length; i++)
        {
            var child = node.Children[i].Node;
            places[i] = next | child.Flags;
            next += (uint)child.MeasureAll();
        }

        WriteNode(node, places, output);
        foreach (var (_, child) in node.Children)
        {
            WriteRootFirst(child, output);
        }
    }

    private static void WriteNode(Node node, uint[] places, ArrayBufferWriter<byte> output)
    {
        if (node.Prefix.Length > 0)
        {
            WriteText(output, node.Prefix);
        }

        if (places.Length > 0)
        {
            // A place for every letter between the first and the last, whether there is a child or not.
            var (first, last) = (node.Children[0].Letter, node.Children[^1].Letter);
            output.Write([first, last]);
            for (int letter = first, i = 0; letter <= last; letter++)
            {
                WriteNumber(output, node.Children[i].Letter == letter ? places[i++] : 0);
            }
        }

        if (node.Values.Count > 0)
        {
            WriteNumber(output, (uint)node.Values.Count);
            foreach (var (priority, value) in node.Values)
            {
                WriteNumber(output, priority);
                WriteText(output, value);
            }
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> output, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), number);
        output.Advance(sizeof(uint));
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var span = output.GetSpan(text.Length + 1);
        Encoding.ASCII.GetBytes(text, span);
        span[text.Length] = 0;
        output.Advance(text.Length + 1);
    }

    private sealed class Node(string prefix)
    {
        private long _total = -1;

        public string Prefix { get; private set; } = prefix;

        public List<(byte Letter, Node Node)> Children { get; private set; } = [];

        public List<(uint Priority, string Value)> Values { get; private set; } = [];

        public uint Flags => (Prefix.Length > 0 ? HasPrefix : 0) | (Values.Count > 0 ? HasValues : 0) | (Children.Count > 0 ? HasChildren : 0);

        public long Size =>
            (Prefix.Length > 0 ? Prefix.Length + 1 : 0)
            + (Children.Count > 0 ? 2 + ((Children[^1].Letter - Children[0].Letter + 1) * sizeof(uint)) : 0)
            + (Values.Count > 0 ? sizeof(uint) + Values.Sum(value => sizeof(uint) + value.Value.Length + 1) : 0);

        public long MeasureAll()
        {
            if (_total < 0)
            {
                _total = Size + Children.Sum(child => child.Node.MeasureAll());
            }

            return _total;
        }

        public Node? Child(byte letter)
        {
            var index = TrieChildren.Search(Children, letter);
            return index >= 0 ? Children[index].Node : null;
        }

        public void AddChild(byte letter, Node child) => Children.Insert(~TrieChildren.Search(Children, letter), (letter, child));

        public void AddValue(string value, uint priority)
        {
            var index = Values.FindIndex(other => other.Priority >= priority);
            Values.Insert(index < 0 ? Values.Count : index, (priority, value));
        }

        /// <summary>Makes the node end where its prefix does up to a length; what it was goes below.</summary>
        public void Split(int length)
        {
            var below = new Node(Prefix[(length + 1)..]) { Children = Children, Values = Values };
            (Children, Values) = ([((byte)Prefix[length], below)], []);
            Prefix = Prefix[..length];
        }
    }
}

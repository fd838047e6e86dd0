using NodeImage.Core.Files;

namespace NodeImage.Compose.SystemDatabases.Facts;

/// <summary>A kind of fact with its type out of sight, so that several kinds can be learnt in one pass.</summary>
internal abstract class FactRecorder
{
    /// <summary>The kind of fact.</summary>
    public abstract string Kind { get; }

    /// <summary>Makes a recorder.</summary>
    public static FactRecorder Of<T>(IContentFact<T> fact)
        where T : class => new Typed<T>(fact);

    /// <summary>Whether the fact is worth learning of a file.</summary>
    public abstract bool AppliesTo(string path, Inode inode);

    /// <summary>Learns the fact.</summary>
    public abstract object Learn(Stream content, long length);

    /// <summary>Writes facts by their files' places in an archive.</summary>
    public abstract byte[] Write(IReadOnlyDictionary<int, object> facts);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public abstract Dictionary<int, object> Read(byte[] document);

    private sealed class Typed<T>(IContentFact<T> fact) : FactRecorder
        where T : class
    {
        public override string Kind => fact.Kind;

        public override bool AppliesTo(string path, Inode inode) => fact.AppliesTo(path, inode);

        public override object Learn(Stream content, long length) => fact.Read(content, length);

        public override byte[] Write(IReadOnlyDictionary<int, object> facts)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            writer.Write(facts.Count);
            foreach (var (index, learnt) in facts.OrderBy(pair => pair.Key))
            {
                writer.Write(index);
                fact.Write(writer, (T)learnt);
            }

            writer.Flush();
            return stream.ToArray();
        }

        public override Dictionary<int, object> Read(byte[] document)
        {
            using var reader = new BinaryReader(new MemoryStream(document, writable: false));
            var facts = new Dictionary<int, object>();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var index = reader.ReadInt32();
                facts[index] = fact.Read(reader);
            }

            return facts;
        }
    }
}

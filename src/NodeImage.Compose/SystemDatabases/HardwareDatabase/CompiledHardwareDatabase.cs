namespace NodeImage.Compose.SystemDatabases.HardwareDatabase;

/// <summary>A hardware database that has been compiled, with what systemd would complain about, so that it can be remembered.</summary>
/// <param name="Database">The content of the file.</param>
/// <param name="Complaints">The complaints.</param>
internal sealed record CompiledHardwareDatabase(byte[] Database, IReadOnlyList<string> Complaints)
{
    /// <summary>The kind of what <see cref="Write"/> writes.</summary>
    public const string Kind = "hwdb-1";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CompiledHardwareDatabase Read(byte[] document)
    {
        using var reader = new BinaryReader(new MemoryStream(document, writable: false));
        var complaints = new string[reader.ReadInt32()];
        for (var i = 0; i < complaints.Length; i++)
        {
            complaints[i] = reader.ReadString();
        }

        return new CompiledHardwareDatabase(document[(int)reader.BaseStream.Position..], complaints);
    }

    /// <summary>Writes it for later.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream(Database.Length + 1024);
        using var writer = new BinaryWriter(stream);
        writer.Write(Complaints.Count);
        foreach (var complaint in Complaints)
        {
            writer.Write(complaint);
        }

        writer.Write(Database);
        writer.Flush();
        return stream.ToArray();
    }
}

using NodeImage.Core.Diagnostics;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>The packages of an rpm database. It is immutable: a change makes another one, which shares the headers.</summary>
public sealed class RpmDatabase
{
    /// <summary>The name of a database file of the kind sqlite.</summary>
    public const string SqliteFileName = "rpmdb.sqlite";

    /// <summary>The name of a database file of the kind ndb.</summary>
    public const string NdbFileName = "Packages.db";

    /// <summary>A database without packages.</summary>
    public static readonly RpmDatabase Empty = new([], 0);

    internal RpmDatabase(IReadOnlyList<InstalledPackage> packages, uint lastNumber)
    {
        Packages = packages;
        LastNumber = lastNumber;
    }

    /// <summary>The packages by ascending number, public keys included.</summary>
    public IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>The highest number that was ever given. Numbers are not given twice, even when packages are removed.</summary>
    public uint LastNumber { get; }

    /// <summary>Reads a database.</summary>
    /// <param name="path">The database file, or the folder that it lies in.</param>
    /// <returns>Its packages.</returns>
    /// <exception cref="DiagnosticException">NI2401: there is none, or it is of a kind that is not read. NI2402: it is damaged.
    /// NI2405: SQLite cannot be loaded.</exception>
    public static RpmDatabase Read(string path)
    {
        var file = Find(path);
        try
        {
            return NdbReader.IsNdb(file) ? NdbReader.Read(file) : SqliteReader.Read(file);
        }
        catch (DiagnosticException e) when (e.Diagnostic.Descriptor == PackageDiagnostics.MalformedHeader)
        {
            throw DatabaseDiagnostics.Damaged.Wrap(e, null, file, e.Diagnostic.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DatabaseDiagnostics.Unsupported.Wrap(e, null, file, e.Message);
        }
    }

    /// <summary>Removes packages and installs others.</summary>
    /// <param name="removed">The numbers of what is removed.</param>
    /// <param name="added">The headers of what is installed, from <see cref="InstalledHeader"/>, in the order of installation.</param>
    /// <returns>The other database. Headers that stay keep their numbers and bytes; new ones get the numbers after the last that was ever given.</returns>
    public RpmDatabase Change(IReadOnlySet<uint> removed, IEnumerable<RpmHeader> added)
    {
        var next = LastNumber;
        var packages = Packages.Where(package => !removed.Contains(package.Number)).ToList();
        packages.AddRange(added.Select(header => new InstalledPackage(++next, header)));
        return new RpmDatabase(packages, next);
    }

    /// <summary>Writes the database as rpm's kind sqlite, aside and then in place of what is there. The same packages give the same bytes.</summary>
    /// <param name="path">Where the file goes; its name should be <see cref="SqliteFileName"/>.</param>
    /// <param name="bigEndian">Whether the machine that the database is for stores numbers most significant byte first, as
    /// s390x does: the key of one table is a number as that machine has it.</param>
    /// <exception cref="DiagnosticException">NI2403: it cannot be written. NI2405: SQLite cannot be loaded.</exception>
    public void Write(string path, bool bigEndian = false) => SqliteWriter.Write(this, path, bigEndian);

    private static string Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        foreach (var name in (ReadOnlySpan<string>)[SqliteFileName, NdbFileName])
        {
            var file = Path.Combine(path, name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw DatabaseDiagnostics.Unsupported.Error(null, path, $"it holds neither {SqliteFileName} nor {NdbFileName}");
    }
}

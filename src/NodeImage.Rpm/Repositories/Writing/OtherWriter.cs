using System.Xml;
using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Repositories.Writing;

/// <summary>Writes the packages of <c>other.xml</c>: their change logs.</summary>
internal static class OtherWriter
{
    /// <summary>Writes a package.</summary>
    /// <param name="xml">Takes it.</param>
    /// <param name="package">The package.</param>
    /// <param name="limit">How many entries are told, the newest ones.</param>
    public static void Write(XmlWriter xml, PublishedPackage package, int limit)
    {
        xml.BeginPackage(package);
        foreach (var (author, time, text) in Entries(package.File.Header, limit))
        {
            xml.WriteStartElement("changelog");
            xml.Attribute("author", author);
            xml.Attribute("date", time);
            xml.Content(text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // The oldest comes first. Of several of the same time each is a second later than the one before it, and what comes after
    // them gives way, because readers sort by the time (cr_package_from_header in createrepo_c's src/parsehdr.c).
    private static List<(string Author, long Time, string Text)> Entries(RpmHeader header, int limit)
    {
        var authors = header.GetStrings(RpmTag.ChangelogName);
        var texts = header.GetStrings(RpmTag.ChangelogText);
        var times = header.GetUInt32s(RpmTag.ChangelogTime);
        var count = Math.Min(Math.Max(0, limit), Math.Min(times.Length, Math.Min(authors.Length, texts.Length)));
        var entries = new List<(string Author, long Time, string Text)>(count);
        for (var i = count - 1; i >= 0; i--)
        {
            var isPushed = entries.Count > 0 && times[i] >= times[i + 1] && times[i] <= entries[^1].Time;
            var time = isPushed ? entries[^1].Time + 1 : times[i];
            entries.Add((authors[i].TrimEnd(' '), time, texts[i]));
        }

        return entries;
    }
}

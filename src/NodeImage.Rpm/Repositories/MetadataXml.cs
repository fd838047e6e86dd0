using System.Globalization;
using System.Text;
using System.Xml;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Rpm.Repositories;

/// <summary>What the readers of XML metadata have in common: a safe reader, and one way to report what is malformed.</summary>
internal static class MetadataXml
{
    // Of a document as a whole. The largest, the file lists of whole distributions, have about one.
    private const long MaxCharacters = 4L * 1024 * 1024 * 1024;

    /// <summary>Opens XML. Document types are passed over unread, so that nothing is expanded and nothing fetched.</summary>
    /// <param name="stream">The XML.</param>
    /// <returns>A reader.</returns>
    public static XmlReader Open(Stream stream) => XmlReader.Create(new MarkupStream(stream), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CheckCharacters = false,
        MaxCharactersInDocument = MaxCharacters,
    });

    /// <summary>Reads a document, and reports what is malformed in it as one diagnostic.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="stream">The XML.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="DiagnosticException">NI2003: it is malformed.</exception>
    public static T Read<T>(Stream stream, string source, Func<XmlReader, T> read)
    {
        try
        {
            using var reader = Open(stream);
            return read(reader);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Malformed(e, source);
        }
    }

    /// <summary>Whether an exception means that a document is malformed or its compression damaged.</summary>
    public static bool IsDamage(Exception e) => e is XmlException or InvalidDataException or EndOfStreamException or FormatException;

    /// <summary>Makes the error that says so.</summary>
    public static DiagnosticException Malformed(Exception e, string source) =>
        RepositoryDiagnostics.Malformed.Wrap(e, null, source, e.Message.TrimEnd('.'));

    /// <summary>Goes to the document's element.</summary>
    /// <param name="reader">The reader, at the beginning.</param>
    /// <param name="name">The element's name.</param>
    /// <exception cref="XmlException">It is another.</exception>
    public static void EnterRoot(XmlReader reader, string name)
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element || reader.LocalName != name)
        {
            throw new XmlException($"it is no <{name}> but <{reader.LocalName}>");
        }
    }

    /// <summary>The text of the current element; the reader goes to its end.</summary>
    /// <param name="reader">The reader, at the element's start.</param>
    /// <returns>The text, white space around it removed.</returns>
    public static string ReadText(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var text = "";
        StringBuilder? more = null;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth != depth + 1)
            {
                continue;
            }

            // Nearly every text comes in one piece. What does not is put together with care for how long it gets.
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace && more is null && text.Length == 0)
            {
                text = reader.Value;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                more ??= new StringBuilder(text);
                AppendValue(reader, more);
            }
        }

        return (more?.ToString() ?? text).Trim();
    }

    private static void AppendValue(XmlReader reader, StringBuilder text)
    {
        var buffer = new char[1024];
        int read;
        while ((read = reader.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MarkupStream.MaxRun)
            {
                throw new XmlException($"a text has more than {MarkupStream.MaxRun} characters");
            }
        }
    }

    /// <summary>A number that may be missing.</summary>
    /// <param name="text">Its digits, or null.</param>
    /// <returns>The number, or null where it is missing or is none.</returns>
    public static long? ToNumber(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;
}

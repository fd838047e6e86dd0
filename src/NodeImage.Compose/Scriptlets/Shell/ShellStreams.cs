using System.Text;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>Where a command's output goes.</summary>
internal abstract class ShellSink
{
    /// <summary>Output that nobody wants.</summary>
    public static readonly ShellSink Nowhere = new NullSink();

    /// <summary>Takes output.</summary>
    public abstract void Write(string text);

    /// <summary>Takes a line of output.</summary>
    public void WriteLine(string line) => Write(line + "\n");

    private sealed class NullSink : ShellSink
    {
        public override void Write(string text)
        {
        }
    }
}

/// <summary>Keeps output for whoever reads it next.</summary>
internal sealed class TextSink : ShellSink
{
    // More than any scriptlet has to say; a runaway loop must not fill the memory.
    private const int MaxLength = 16 << 20;

    private readonly StringBuilder _text = new();

    public override void Write(string text)
    {
        if (_text.Length + text.Length > MaxLength)
        {
            throw new UnsupportedScriptException("more output than is kept");
        }

        _text.Append(text);
    }

    /// <summary>How many characters it keeps.</summary>
    public int Length => _text.Length;

    public override string ToString() => _text.ToString();
}

/// <summary>Appends output to a file in the image, at once, as a shell does. A file that has been removed takes what nobody sees.</summary>
internal sealed class FileSink(ScriptletMachine machine, FileNode node) : ShellSink
{
    public override void Write(string text)
    {
        if (text.Length > 0 && node.Parent is not null)
        {
            var before = ScriptletText.ReadBytes(machine, node.Inode.Content!);
            machine.Tree.SetInode(node, node.Inode.WithContent(FileContent.Of([.. before, .. Encoding.UTF8.GetBytes(text)])));
        }
    }
}

/// <summary>What a command reads. Commands that read one after the other each go on where the last one stopped.</summary>
internal sealed class ShellInput(string text)
{
    /// <summary>No input at all.</summary>
    public static ShellInput Empty => new("");

    private int _position;

    /// <summary>Reads all that is left.</summary>
    public string ReadAll()
    {
        var rest = text[_position..];
        _position = text.Length;
        return rest;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end; what is left where no line ends any more.</param>
    /// <returns>False where no line ends any more.</returns>
    public bool ReadLine(out string line)
    {
        var end = text.IndexOf('\n', _position);
        line = end < 0 ? ReadAll() : text[_position..end];
        _position = end < 0 ? text.Length : end + 1;
        return end >= 0;
    }
}

/// <summary>The three streams that a command has.</summary>
internal sealed record ShellStreams(ShellInput Input, ShellSink Output, ShellSink Error);

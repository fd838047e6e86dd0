using System.Text;

namespace NodeImage.EndToEnd.Tests.Support;

/// <summary>A document whose commands can be followed: fenced blocks of the language <c>sh</c>, in their order.</summary>
/// <param name="text">The document, as Markdown.</param>
internal sealed class Walkthrough(string text)
{
    private const string Fence = "```";
    private const string Language = "sh";

    /// <summary>Its blocks.</summary>
    public IReadOnlyList<Block> Blocks { get; } = [.. Read(text)];

    /// <summary>Reads a document of the repository.</summary>
    public static Walkthrough Open(string path) => new(File.ReadAllText(Path.Combine(Checkout.Root, path)));

    /// <summary>
    /// One script of the blocks without a condition and of those whose condition is met. It stops at the first command that fails, and
    /// tells beforehand at which line of the document it is.
    /// </summary>
    public string Script(params IReadOnlyCollection<string> conditions)
    {
        var script = new StringBuilder("set -euo pipefail\n");
        foreach (var block in Blocks.Where(block => block.Condition is null || conditions.Contains(block.Condition)))
        {
            script.Append(System.Globalization.CultureInfo.InvariantCulture, $"echo '== line {block.Line}'\n{block.Commands}");
        }

        return script.ToString();
    }

    private static IEnumerable<Block> Read(string text)
    {
        Block? block = null;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block?.Append(line);
            }
            else if (block is null)
            {
                block = new Block(index + 2, line[Fence.Length..]);
            }
            else
            {
                if (block.IsShell)
                {
                    yield return block;
                }

                block = null;
            }
        }

        Assert.True(block is null, $"the block at line {block?.Line} has no end");
    }

    /// <summary>A fenced block.</summary>
    /// <param name="line">The line of the document that it begins at.</param>
    /// <param name="kind">What stands behind the opening fence.</param>
    internal sealed class Block(int line, string kind)
    {
        private readonly StringBuilder _commands = new();
        private readonly string[] _kind = kind.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The line of the document that it begins at.</summary>
        public int Line => line;

        /// <summary>Whether it is meant to be run.</summary>
        public bool IsShell => _kind is [Language, ..];

        /// <summary>The word after the language: what must be there for it to be run.</summary>
        public string? Condition => _kind.ElementAtOrDefault(1);

        /// <summary>Its lines.</summary>
        public string Commands => _commands.ToString();

        /// <summary>Adds a line.</summary>
        public void Append(string text) => _commands.Append(text).Append('\n');
    }
}

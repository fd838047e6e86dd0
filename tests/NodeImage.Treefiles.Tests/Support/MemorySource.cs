using System.Text;
using NodeImage.Treefiles.Reading;

namespace NodeImage.Treefiles.Tests.Support;

/// <summary>Treefiles that lie nowhere.</summary>
internal sealed class MemorySource(params (string Path, string Text)[] files) : ITreefileSource
{
    string ITreefileSource.Locate(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path));

    TreefileContent? ITreefileSource.Read(string path) =>
        Array.Find(files, file => Path.GetFullPath(file.Path, "/t") == path) is { Path: not null } file ? new TreefileContent(Encoding.UTF8.GetBytes(file.Text), path) : null;

    /// <summary>Reads the first of the files.</summary>
    public static Treefile Read(string architecture, string variables, params (string Path, string Text)[] files) =>
        TreefileReader.Read(Path.GetFullPath(files[0].Path, "/t"), new MemorySource(files), new TreefileOptions(architecture) { Variables = TreefileVariables.Parse(variables) });

    /// <summary>Reads one file.</summary>
    public static Treefile Read(string text) => Read("x86_64", "", ("t.yaml", text));
}

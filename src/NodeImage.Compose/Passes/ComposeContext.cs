using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Passes;

/// <summary>An image that is being composed.</summary>
internal sealed class ComposeContext
{
    /// <summary>What the project asks for.</summary>
    public required ImageDefinition Definition { get; init; }

    /// <summary>The project's folder, which the definition's files are relative to.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The image as scriptlets see it.</summary>
    public required ScriptletMachine Machine { get; init; }

    /// <summary>The base's files where the image is layered, else null. They must not be changed.</summary>
    public required FileTree? Base { get; init; }

    /// <summary>The image's version.</summary>
    public required string Version { get; init; }

    /// <summary>Takes diagnostics that do not stop the build.</summary>
    public required Action<Diagnostic> Report { get; init; }

    /// <summary>The image's files.</summary>
    public FileTree Tree => Machine.Tree;

    /// <summary>The image's accounts.</summary>
    public AccountDatabase Accounts => Machine.Accounts;

    /// <summary>The time of everything that is made here, in seconds since 1970.</summary>
    public long Time => Machine.Time;

    /// <summary>Puts a text file into the image that belongs to the image itself.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="text">The content.</param>
    /// <param name="mode">The permissions.</param>
    public void WriteText(string path, string text, int mode = 0b110_100_100)
    {
        var content = FileContent.Of(text);
        if (Tree.Find(path)?.Inode is { IsRegular: true } existing && existing.Mode == mode && existing.Content!.Identity == content.Identity)
        {
            return;
        }

        Tree.Put(path, Inode.Regular(content, mode) with { ModificationTime = Time });
    }
}

/// <summary>One rule of the image, carried out over the tree. Adding one means adding a file beside its siblings, and a line where they are listed.</summary>
internal interface IComposePass
{
    /// <summary>Carries it out. It finds nothing to do where it has been carried out before, as in the base of a layered image.</summary>
    void Apply(ComposeContext context);
}

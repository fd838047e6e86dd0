using NodeImage.Compose.Accounts;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Passes;
using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Support;

/// <summary>Images that passes are carried out on.</summary>
internal static class PassContexts
{
    /// <summary>An image of a tree.</summary>
    public static ComposeContext Of(FileTree tree, AccountDatabase? accounts = null, ImageDefinition? definition = null, FileTree? below = null, string projectFolder = "/", List<Diagnostic>? reported = null) => new()
    {
        Definition = definition ?? Definition(),
        ProjectFolder = projectFolder,
        Machine = new ScriptletMachine(tree, accounts ?? new AccountDatabase(tree), 1_700_000_000),
        Base = below,
        Version = "9.6.1",
        Report = (reported ?? []).Add,
    };

    /// <summary>A definition that asks for nothing.</summary>
    public static ImageDefinition Definition() => new() { Kind = ImageKind.Base, Name = "test", TargetFramework = "rhel9.6", Architecture = "x86_64" };
}

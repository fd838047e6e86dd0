using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace NodeImage.Schema.Tests.Support;

/// <summary>Takes MSBuild from the installed .NET SDK, before anything of it is loaded.</summary>
internal static class MSBuildSetup
{
    /// <summary>The folder of that SDK.</summary>
    public static string Folder { get; private set; } = "";

    [ModuleInitializer]
    internal static void Register() => Folder = MSBuildLocator.RegisterDefaults().MSBuildPath;
}

using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace NodeImage.Schema.Tests.Support;

/// <summary>Takes MSBuild from the installed .NET SDK, before anything of it is loaded.</summary>
internal static class MSBuildSetup
{
    [ModuleInitializer]
    internal static void Register() => MSBuildLocator.RegisterDefaults();
}

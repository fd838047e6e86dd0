using NodeImage.Compose.Definition;
using NodeImage.Compose.Testing;

namespace NodeImage.TestHost;

/// <summary>Names a report after the image. The platform names it after the program, which is one for all images.</summary>
internal static class ReportName
{
    private const string Report = "--report-trx";
    private const string FileName = "--report-trx-filename";

    /// <summary>Adds a name where a report is asked for without one.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The arguments, with a name.</returns>
    public static string[] Add(string[] arguments)
    {
        var settings = arguments.SkipWhile(argument => argument != $"--{ImageTestOptions.Images}").Skip(1).TakeWhile(argument => !argument.StartsWith('-')).Where(File.Exists).ToList();
        if (!arguments.Contains(Report) || arguments.Contains(FileName) || settings.Count == 0)
        {
            return arguments;
        }

        var image = DefinitionJson.Read(File.ReadAllBytes(ImageTestSettings.Read(File.ReadAllBytes(settings[0])).DefinitionFile));
        var architecture = settings.Count == 1 ? $"_{image.Architecture}" : "";
        return [.. arguments, FileName, $"{image.Name}_{image.TargetFramework}{architecture}.trx"];
    }
}

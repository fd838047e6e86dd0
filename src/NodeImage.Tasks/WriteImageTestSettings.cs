using Microsoft.Build.Framework;
using NodeImage.Core.IO;

namespace NodeImage.Tasks;

/// <summary>Writes down what <c>NodeImage.TestHost</c> needs to know to test an image.</summary>
public sealed class WriteImageTestSettings : ImageTestTask
{
    /// <summary>The file that is written.</summary>
    [Required]
    public string SettingsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var settings = ReadSettings();
        if (!Failed)
        {
            AtomicFile.WriteWhenDifferent(SettingsFile, settings.Write());
        }
    }
}

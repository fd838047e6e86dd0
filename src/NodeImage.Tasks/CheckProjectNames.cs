using Microsoft.Build.Framework;

namespace NodeImage.Tasks;

/// <summary>Warns of names in a project that look misspelt.</summary>
public sealed class CheckProjectNames : ImageTask
{
    /// <summary>The files that the project imports besides those it names itself: <c>Directory.Build.props</c> and its like.</summary>
    public string[] Imports { get; set; } = [];

    /// <summary>A file that is written where nothing was found, so that a build need not look again.</summary>
    [Required]
    public string StampFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var clean = true;
        foreach (var (diagnostic, place) in new NameCheck([.. ProjectFiles.Read(ProjectFile, Imports)]).Run())
        {
            Report(diagnostic, place);
            clean = false;
        }

        if (clean)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(StampFile)!);
            File.WriteAllText(StampFile, "");
        }
    }
}

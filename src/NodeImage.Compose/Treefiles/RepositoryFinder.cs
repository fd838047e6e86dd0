using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles;
using NodeImage.Treefiles.Repositories;
using NodeImage.Treefiles.Values;

namespace NodeImage.Compose.Treefiles;

/// <summary>Finds what a treefile's repositories are, in the <c>.repo</c> files beside it.</summary>
internal sealed class RepositoryFinder(Treefile treefile, TreefileMapping mapping)
{
    private readonly string _folder = treefile.Files.IsEmpty ? mapping.Root : Path.GetDirectoryName(treefile.Files[0])!;

    /// <summary>Makes items of the repositories that the treefile names; of all that are enabled where it names none.</summary>
    public IEnumerable<TreefileItem> Find()
    {
        var sections = Directory.Exists(_folder)
            ? Directory.GetFiles(_folder, "*.repo").Order(StringComparer.Ordinal).SelectMany(path => RepoFile.Read(File.ReadAllBytes(path), path)).ToList()
            : [];
        if (treefile.Find("repos") is null)
        {
            return [.. sections.Where(section => section.Flag("enabled") != false && !mapping.KnownRepositories.Contains(section.Id)).DistinctBy(section => section.Id).Select(section => Item(section, section.Place))];
        }

        return [.. treefile.List("repos").Cast<TextValue>().DistinctBy(repository => repository.Text).Where(repository => !mapping.KnownRepositories.Contains(repository.Text)).Select(repository =>
            sections.FirstOrDefault(section => section.Id == repository.Text) is { } section ? Item(section, repository.Place) : Missing(repository))];
    }

    private TreefileItem Missing(TextValue repository)
    {
        if (!mapping.IsImport)
        {
            throw new DiagnosticException(TreefileUseDiagnostics.RepositoryMissing.In(repository.Place, repository.Text, _folder));
        }

        mapping.Report(TreefileUseDiagnostics.RepositoryToFill.In(repository.Place, repository.Text, _folder));
        return new TreefileItem("RpmRepository", repository.Text, [], repository.Place);
    }

    private TreefileItem Item(RepoSection section, SourcePlace? place)
    {
        var metadata = new List<(string, string)>();
        Add("BaseUrl", section.List("baseurl").FirstOrDefault());
        Add("MetaLink", section.Find("metalink"));
        Add("MirrorList", section.Find("mirrorlist"));
        Add("GpgKey", string.Join(';', section.List("gpgkey")));
        AddFlag("GpgCheck", "gpgcheck", otherwise: true);
        AddFlag("RepoGpgCheck", "repo_gpgcheck", otherwise: false);
        Add("Priority", section.Find("priority"));
        Add("Cost", section.Find("cost"));
        Add("IncludePackages", string.Join(';', section.List("includepkgs")));
        Add("ExcludePackages", string.Join(';', section.List("excludepkgs").Concat(section.List("exclude"))));
        return new TreefileItem("RpmRepository", section.Id, [.. metadata], place);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                metadata.Add((name, RepoFile.Substitute(value, Variables())));
            }
        }

        void AddFlag(string name, string option, bool otherwise)
        {
            if (section.Flag(option) is { } flag && flag != otherwise)
            {
                metadata.Add((name, flag ? "true" : "false"));
            }
        }
    }

    // A project that is written is for all architectures, and RpmRepository items know $basearch.
    private Dictionary<string, string> Variables()
    {
        var variables = ((treefile.Find("repovars") as MapValue)?.Entries ?? []).ToDictionary(entry => entry.Name, entry => entry.Value.ToString()!, StringComparer.Ordinal);
        if (!mapping.IsImport && treefile.Architecture is { } architecture)
        {
            variables["basearch"] = architecture;
            variables["arch"] = architecture;
        }

        if (treefile.Text("releasever") is { } release)
        {
            variables["releasever"] = release;
        }

        return variables;
    }
}

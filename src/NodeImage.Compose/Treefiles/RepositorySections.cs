using System.Collections.Immutable;
using System.Globalization;
using NodeImage.Compose.Definition;
using NodeImage.Treefiles.Repositories;

namespace NodeImage.Compose.Treefiles;

/// <summary>Says as a section of a <c>.repo</c> file what an <c>RpmRepository</c> item says.</summary>
internal static class RepositorySections
{
    /// <summary>Makes a section.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="keys">The addresses of its keys.</param>
    public static RepoSection Of(RepositoryDefinition repository, IReadOnlyList<string> keys)
    {
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        options["name"] = repository.Id;
        options["enabled"] = "1";
        options["gpgcheck"] = repository.GpgCheck ? "1" : "0";
        options["repo_gpgcheck"] = repository.RepoGpgCheck ? "1" : "0";
        Add("baseurl", repository.BaseUrl is { } url && !url.Contains("://", StringComparison.Ordinal) ? new Uri(url).AbsoluteUri : repository.BaseUrl);
        Add("metalink", repository.MetaLink);
        Add("mirrorlist", repository.MirrorList);
        Add("gpgkey", string.Join(' ', keys));
        Add("priority", repository.Priority == 99 ? null : repository.Priority.ToString(CultureInfo.InvariantCulture));
        Add("cost", repository.Cost == 1000 ? null : repository.Cost.ToString(CultureInfo.InvariantCulture));
        Add("includepkgs", string.Join(',', repository.IncludePackages));
        Add("excludepkgs", string.Join(',', repository.ExcludePackages));
        return new RepoSection(repository.Id, options.ToImmutable(), null);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                options[name] = value;
            }
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Locking;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;
using NodeImage.Rpm.Versions;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>
/// Installs the packages of the lock. Those that lie beside the Containerfile are held to their digests, those that are
/// fetched to their repository's keys, and the result to the lock.
/// </summary>
internal sealed partial class PackagesSection : IContainerfileSection
{
    /// <summary>Where the files of repositories are that have passwords in them.</summary>
    public const string SecretRepositories = "/run/nodeimage-repositories";

    private const string ForRpmOstree = "/etc/yum.repos.d";

    /// <summary>The name of the step that calls a tool, without its end.</summary>
    public static string StepOf(PackageTool tool) => tool switch
    {
        PackageTool.Microdnf => "microdnf",
        PackageTool.RpmOstree => "rpm-ostree",
        PackageTool.TreefileApply => "treefile-apply",
        _ => "dnf",
    };

    /// <summary>Whether a tool is one of rpm-ostree's, which work on an image that is there, and find repositories where a system has them.</summary>
    public static bool IsOfRpmOstree(PackageTool tool) => tool is PackageTool.RpmOstree or PackageTool.TreefileApply;

    /// <summary>The name by which a build is given a repository's file.</summary>
    public static string SecretOf(RepositoryDefinition repository) => $"repository-{RepositoryFile.NameOf(repository)}";

    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        output.Comment("The packages of the lock, and nothing else.");
        if (plan.IsLayered)
        {
            output.Add("FROM", "base AS packages");
        }

        WriteLists(plan, output);
        WriteRepositories(plan, output);
        WriteStep(plan, output);
        output.RunStep("packages.sh", seesBase: plan.IsLayered, Options(plan));
        output.Sweep();
    }

    private static IEnumerable<string> Options(ContainerfilePlan plan)
    {
        if (IsOfRpmOstree(plan.Options.PackageTool) && plan.UsedRepositories.Any(repository => !RepositoryFile.IsSecret(repository)))
        {
            yield return $"--mount=type=bind,source=packages/repositories,target={ForRpmOstree}";
        }

        foreach (var repository in plan.UsedRepositories.Where(RepositoryFile.IsSecret))
        {
            var folder = IsOfRpmOstree(plan.Options.PackageTool) ? ForRpmOstree : SecretRepositories;
            yield return $"--mount=type=secret,id={SecretOf(repository)},target={folder}/{RepositoryFile.NameOf(repository)}.repo,required=true";
        }

        foreach (var secret in plan.Options.Secrets)
        {
            yield return Mount(secret);
        }
    }

    private static string Mount(BuildSecret secret) => secret.Problem is { } problem
        ? throw new DiagnosticException(problem)
        : $"--mount=type=secret,id={secret.Id},target={secret.Target},required=true";

    private static void WriteStep(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        output.AddStep("install.sh", $"{StepOf(plan.Options.PackageTool)}.sh");
        string[] declared = [.. AccountLines(plan)];
        IEnumerable<string> lines = plan.IsLayered
            ? ["open_accounts", .. declared, ". \"$here/steps/install.sh\"", "close_accounts", "finish"]
            : declared.Length == 0
                ? [". \"$here/steps/install.sh\""]
                : ["# The files that accounts stand in come first; the rest finds the accounts.", "install_first setup", .. declared, ". \"$here/steps/install.sh\""];
        if (plan.IsLayered)
        {
            output.AddStep("packages.sh", ["accounts.sh", "var.sh", "finish.sh"], "Installs the packages, with the accounts where their scripts can change them.", lines);
        }
        else
        {
            output.AddStep("packages.sh", ["accounts.sh", "tree.sh"], "Installs the packages into a tree of their own.", lines.Prepend($"root={plan.Root}").Append("leave_tree"));
        }
    }

    private static IEnumerable<string> AccountLines(ContainerfilePlan plan) =>
    [
        .. plan.Definition.Groups.Select(group => FormattableString.Invariant($"declare_group {Quoting.Shell(group.Name)} '{group.Gid}'")),
        .. plan.Definition.Users.Select(user => FormattableString.Invariant(
            $"declare_user {Quoting.Shell(user.Name)} '{user.Uid}' {Quoting.Shell(user.Group ?? "")} {Quoting.Shell(user.Home ?? "/")} {Quoting.Shell(user.Shell ?? "/usr/sbin/nologin")}")),
    ];

    private static void WriteLists(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        output.AddText("packages/locked.list", Lines(plan.Lock.Packages.Select(package => Spell(package.Nevra))));
        output.AddText("packages/removed.list", Lines(plan.Lock.Removed.Select(Spell)));
        output.AddText("packages/repositories.list", Lines(plan.Fetched.Select(package => Spell(package.Nevra))));
        output.AddText("packages/fetched.sha256", Lines(plan.Fetched.Select(package => Sha256Digest.Parse(package.Digest).Hex)));
        output.AddText("packages/files.sha256", Lines(plan.Carried.Select(package => $"{Sha256Digest.Parse(package.Digest).Hex}  {FileName(package)}")));
        output.AddText("packages/rpmmacros", plan.Definition.PackageOptions.Languages is { IsEmpty: false } languages ? $"%_install_langs {Quoting.RequirePrintable("RpmInstallLanguages", string.Join(':', languages))}\n" : "");
        output.AddText("packages/dnf.conf", Configuration(plan.Definition.PackageOptions));
        if (plan.Options.PackageTool == PackageTool.TreefileApply)
        {
            output.AddText(TreefileApply.FileName, TreefileApply.Write(plan, plan.Fetched.Select(package => Spell(package.Nevra)), plan.Carried.Select(package => $"{ContainerfileBuilder.Here}/packages/files/{FileName(package)}")));
        }

        foreach (var package in plan.Carried)
        {
            var path = plan.FindPackage(package);
            output.AddFile($"packages/files/{FileName(package)}", new ContextFile(new DiskContent(path, package.Size, Sha256Digest.Parse(package.Digest))) { Original = path });
        }
    }

    private static void WriteRepositories(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        // A folder that is named must be there.
        output.AddText("packages/repositories/README", "Repositories that packages are fetched from while building. Those with passwords are given to the build as secrets.\n");
        foreach (var repository in plan.UsedRepositories)
        {
            foreach (var (path, content) in RepositoryFile.Keys(repository, plan.ProjectFolder))
            {
                output.AddFile(path, new ContextFile(content));
            }

            if (!RepositoryFile.IsSecret(repository))
            {
                output.AddText($"packages/repositories/{RepositoryFile.NameOf(repository)}.repo", RepositoryFile.Write(repository, plan.ProjectFolder));
            }
        }
    }

    // Everything that dnf writes down for itself goes where it is swept away.
    private static string Configuration(PackageOptions options) => new StringBuilder()
        .Append("[main]\ngpgcheck=1\nbest=1\nkeepcache=1\nzchunk=0\n")
        .Append($"install_weak_deps={(options.WeakDependencies ? 1 : 0)}\n")
        .Append(options.Documentation ? "" : "tsflags=nodocs\n")
        .Append("cachedir=/tmp/nodeimage/cache\npersistdir=/tmp/nodeimage/persist\nlogdir=/tmp/nodeimage\n")
        .ToString();

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Order(StringComparer.Ordinal).Select(line => line + "\n"));

    // With its epoch always, as rpm and dnf write it when they are asked to.
    private static string Spell(string text) =>
        Nevra.TryParse(text, out var nevra) && SafeNevra().IsMatch(text)
            ? FormattableString.Invariant($"{nevra!.Name}-{nevra.Evr.Epoch}:{nevra.Evr.Version}-{nevra.Evr.Release}.{nevra.Architecture}")
            : throw ContainerDiagnostics.BadValue.Error(null, "package", Quoting.Printable(text), "its name has characters that no package's name has. Restore the lock anew.");

    private static string FileName(LockedPackage package)
    {
        _ = Spell(package.Nevra);
        _ = Nevra.TryParse(package.Nevra, out var nevra);
        return $"{nevra!.Name}-{nevra.Evr.Version}-{nevra.Evr.Release}.{nevra.Architecture}.rpm";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._+:~^-]*\z")]
    private static partial Regex SafeNevra();
}

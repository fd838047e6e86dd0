using NodeImage.Compose.Definition;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Treefiles;

/// <summary>Finds what a project says and no treefile can say: it is told rather than left out.</summary>
internal static class ExportChecks
{
    private const string UseEngine = "Compose with the managed engine, or leave it out.";

    /// <summary>Checks a definition.</summary>
    /// <exception cref="DiagnosticException">There is something that cannot be said; all of it is told at once.</exception>
    public static void Check(ImageDefinition definition)
    {
        var problems = Packages(definition).Concat(Owners(definition)).Concat(definition.Kind == ImageKind.Layered ? Layered(definition) : []).ToList();
        if (problems.Count > 0)
        {
            throw new DiagnosticException(problems);
        }
    }

    private static IEnumerable<Diagnostic> Packages(ImageDefinition definition)
    {
        foreach (var package in definition.Packages)
        {
            var subject = new ItemReference("RpmPackage", package.Spec);
            if (package.File is not null)
            {
                yield return Say(subject, $"The package file '{package.Spec}'", "packages come from repositories", "Put it into a repository of the project.");
            }
            else if (package.Spec.StartsWith('@'))
            {
                yield return Say(subject, $"The group '{package.Spec}'", "rpm-ostree knows no groups", "Name its packages.");
            }
        }

        foreach (var excluded in definition.Tree.ExcludedPackages.Where(name => name.AsSpan().IndexOfAny("*?[") >= 0))
        {
            yield return Say(new ItemReference("ExcludedPackage", excluded), $"The pattern '{excluded}'", "packages are excluded by their names", "Name them.");
        }
    }

    private static IEnumerable<Diagnostic> Owners(ImageDefinition definition) =>
        definition.Overlays.SelectMany(overlay => overlay.Entries.Where(entry => entry is not { Owner: "root" or "0", Group: "root" or "0" }).Take(1).Select(entry => Say(
            new ItemReference(overlay.Item.ItemType, overlay.Item.Identity),
            $"The owner of '{entry.Path}'",
            "what is laid over the tree is root's",
            "Let a PostProcessScript change the owner.")));

    // What is applied to an image that exists: packages, repositories and scripts.
    private static IEnumerable<Diagnostic> Layered(ImageDefinition definition)
    {
        var tree = definition.Tree;
        var subjects = definition.Overlays.Select(overlay => new ItemReference(overlay.Item.ItemType, overlay.Item.Identity))
            .Concat(definition.Units.Select(unit => new ItemReference("SystemdUnit", unit.File.Path)))
            .Concat(definition.UnitStates.Select(state => new ItemReference("SystemdUnitState", state.Name)))
            .Concat(definition.Users.Select(user => new ItemReference("SystemUser", user.Name)))
            .Concat(definition.Groups.Select(group => new ItemReference("SystemGroup", group.Name)))
            .Concat(definition.Members.Select(member => new ItemReference("GroupMember", member.User)))
            .Concat(definition.KernelArguments.Select(argument => new ItemReference("KernelArgument", argument)))
            .Concat(definition.Overrides.Select(change => new ItemReference("RpmPackageOverride", change.Name)))
            .Concat(tree.ExcludedPackages.Select(name => new ItemReference("ExcludedPackage", name)))
            .Concat(tree.RemovedFiles.Select(path => new ItemReference("RemovedFile", path)))
            .Concat(tree.FileRemovals.Select(removal => new ItemReference("PackageFileRemoval", removal.Package)));
        return subjects.Select(subject => Say(subject, $"The {subject}", "a treefile that is applied to an image has only packages, repositories and scripts", UseEngine));
    }

    private static Diagnostic Say(ItemReference subject, string what, string why, string advice) => TreefileUseDiagnostics.NotInTreefile.At(subject, what, why, advice);
}

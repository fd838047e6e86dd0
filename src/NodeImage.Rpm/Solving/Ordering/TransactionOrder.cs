using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Solving;

/// <summary>
/// The order in which rpm itself carries a transaction out (<c>rpmtsOrder</c> in rpm's <c>lib/order.c</c>, the same from 4.13 to
/// 4.19): each package after those that it needs, and where they need each other in a circle, first those that scriptlets need.
/// rpm installs everything first and removes afterwards.
/// </summary>
public static class TransactionOrder
{
    /// <summary>Sorts packages that are installed in one transaction.</summary>
    /// <param name="packages">The packages, as they would be handed to rpm: where nothing else decides, later ones come first.
    /// dnf hands them over as <see cref="SolverTransaction.InstallsInPoolOrder"/> has them.</param>
    /// <returns>The same packages in the order in which rpm installs them.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A package's header is malformed.</exception>
    public static IReadOnlyList<RpmPackageInfo> OfInstallation(IReadOnlyList<RpmPackageInfo> packages) => Sort(packages, isRemoval: false);

    /// <summary>Sorts installed packages that are removed in one transaction, those that others replace included.</summary>
    /// <param name="packages">The packages, as they would be handed to rpm.</param>
    /// <returns>The same packages in the order in which rpm removes them.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">A package's header is malformed.</exception>
    public static IReadOnlyList<RpmPackageInfo> OfRemoval(IReadOnlyList<RpmPackageInfo> packages) => Sort(packages, isRemoval: true);

    private static IReadOnlyList<RpmPackageInfo> Sort(IReadOnlyList<RpmPackageInfo> packages, bool isRemoval)
    {
        var ordered = OrderedPackage.Read(packages);
        var relations = new OrderRelations(packages.Count);
        var finder = new RelationFinder(ordered, relations, isRemoval);
        for (var package = 0; package < ordered.Count; package++)
        {
            finder.Find(package);
        }

        return [.. new PackageSorter(ordered, relations, isRemoval).Sort().Select(index => packages[index])];
    }
}

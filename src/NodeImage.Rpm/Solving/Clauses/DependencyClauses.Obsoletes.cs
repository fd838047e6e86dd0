namespace NodeImage.Rpm.Solving;

/// <content>Packages that take the place of others: by what they say they obsolete, and by having the same name.</content>
internal sealed partial class DependencyClauses
{
    private void AddObsoletes(int package, bool tolerant)
    {
        var installed = view.IsInstalled(package);
        if (installed && view.Options.IgnoreInstalledObsoletes)
        {
            return;
        }

        var multi = marks.MultiVersion.Contains(package);
        if (!multi || options.KeepExplicitObsoletes)
        {
            AddExplicitObsoletes(package, installed, tolerant);
        }

        // For installed packages the others' own clauses say the same.
        if (!installed || !tolerant)
        {
            AddSameName(package, installed, multi);
        }
    }

    private void AddExplicitObsoletes(int package, bool installed, bool tolerant)
    {
        for (var i = view.Packages[package].Obsoletes; _lists[i] != 0; i++)
        {
            foreach (var other in view.ProvidersOf(_lists[i]))
            {
                if (other == package
                    || (installed && tolerant && view.IsInstalled(other))
                    || !view.ObsoletesReach(package, _lists[i], other))
                {
                    continue;
                }

                AddPair(installed ? ClauseKind.InstalledObsoletes : ClauseKind.Obsoletes, package, other, _lists[i]);
            }
        }
    }

    private void AddSameName(int package, bool installed, bool multi)
    {
        foreach (var other in view.ProvidersOfName(package))
        {
            if (other == package
                || (installed && !view.IsInstalled(other))
                || (multi && !Replaces(package, other, installed)))
            {
                continue;
            }

            var sameName = view.SameName(package, other);
            if ((!sameName && !view.Options.SameNameMatchesProvides)
                || (view.Options.SameNameReplacesOwnWidthOnly && !view.SameWidth(package, other)))
            {
                continue;
            }

            if (!sameName)
            {
                AddPair(ClauseKind.ImplicitObsoletes, package, other, view.Packages[package].Name);
            }
            else if (!Added.Contains(other)
                || view.IsInstalled(other)
                || view.Packages[other].IsSource
                || marks.MultiVersion.Contains(other))
            {
                // Otherwise the other package made the clause when it had its turn.
                AddPair(ClauseKind.SameName, package, other, 0);
            }
        }
    }

    // Packages that may be there in several versions still replace their own build, and installed ones that are not such.
    private bool Replaces(int package, int other, bool installed) =>
        view.SameNevra(package, other)
        || (!installed && view.IsInstalled(other) && !marks.MultiVersion.Contains(other));
}

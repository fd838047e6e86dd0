namespace NodeImage.Compose.Installing;

/// <summary>The order in which packages are installed.</summary>
internal static class InstallOrder
{
    public static List<InstallablePackage> Sort(List<InstallablePackage> packages)
    {
        var providers = new Dictionary<string, InstallablePackage>(StringComparer.Ordinal);
        foreach (var p in packages)
        {
            foreach (var d in p.Info.Provides) { providers.TryAdd(d.Name, p); }
            foreach (var f in p.Info.Files) { providers.TryAdd(f.Path, p); }
        }

        var seen = new HashSet<InstallablePackage>(ReferenceEqualityComparer.Instance);
        var result = new List<InstallablePackage>();
        void Visit(InstallablePackage p)
        {
            if (!seen.Add(p)) { return; }
            foreach (var d in p.Info.Requires) { if (providers.TryGetValue(d.Name, out var o)) { Visit(o); } }
            result.Add(p);
        }

        packages.ForEach(Visit);
        return result;
    }
}

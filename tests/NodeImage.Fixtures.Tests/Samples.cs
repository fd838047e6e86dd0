using NodeImage.Fixtures.Debian;
using NodeImage.Fixtures.Mapping;

namespace NodeImage.Fixtures.Tests;

/// <summary>Debian packages and what is made of them, as small as tests need them.</summary>
internal static class Samples
{
    /// <summary>A package with some fields; its source has its name.</summary>
    public static DebianPackage Deb(string name, string version, string fields = "") =>
        DebianPackage.Parse(ControlParser.Parse(new StringReader(
            $"Package: {name}\nVersion: {version}\nArchitecture: amd64\nSize: 1\nSHA256: 00\n{fields}\n")).Single());

    public static NameMap Names(params string[] table) => new(table, [], ["dropped.*"]);

    public static Closure Closure(params DebianPackage[] debs) =>
        new("", debs, [], new Dictionary<string, string>());

    /// <summary>What the first package's relations become in a world of all of them.</summary>
    /// <param name="names">The table of names.</param>
    /// <param name="available">What Debian still offers of the names that are replaced.</param>
    /// <param name="debs">The packages.</param>
    /// <returns>Lines of a spec.</returns>
    public static IReadOnlyList<string> Map(NameMap names, IReadOnlyDictionary<string, string> available, params DebianPackage[] debs)
    {
        var plans = SourcePlan.Make(Closure(debs), names);
        var universe = new Universe(plans, [], names);
        var rpm = names.ToRpm(debs[0].Name);
        var package = plans.SelectMany(plan => plan.Packages).Single(plan => plan.Name == rpm);
        return [.. new RelationMapper(universe, names, available).Map(package).Select(relation => $"{relation.Tag}: {relation.Value}")];
    }
}

using System.Text.RegularExpressions;
using NodeImage.Schema.Tests.Support;
using NodeImage.Texts;

namespace NodeImage.Schema.Tests;

/// <summary>Translations are of the texts that there are, and take the same arguments.</summary>
public sealed partial class TextTests
{
    private static readonly Dictionary<string, string> Source = TextFile.Read(Checkout.At(TextFile.Neutral)).ToDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Translations() =>
        [.. Directory.GetFiles(Checkout.At(TextFile.Folder), "DiagnosticTexts.*.resx").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_list_of_texts_follows_from_the_source() =>
        Assert.Equal(TextFile.Write(Descriptors.All()), File.ReadAllText(Checkout.At(TextFile.Neutral)));

    [Fact]
    public void There_is_a_translation() => Assert.Contains("DiagnosticTexts.de.resx", Translations().Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_has_each_text_once_and_none_that_is_gone(string name)
    {
        var names = Read(name).Select(text => text.Key).ToList();
        Assert.Empty(names.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key));
        Assert.Empty(names.Except(Source.Keys));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_takes_the_arguments_of_the_source(string name) => Assert.All(Read(name), text =>
    {
        Assert.Equal(Placeholders(Source[text.Key]), Placeholders(text.Value));
        Assert.NotEqual("", string.Format(System.Globalization.CultureInfo.InvariantCulture, text.Value, [.. Enumerable.Repeat((object)"x", 10)]));
    });

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_keeps_the_names_of_properties_items_and_files(string file) => Assert.All(
        Read(file).Where(text => text.Key.EndsWith(".message", StringComparison.Ordinal)),
        text => Assert.All(Names().Matches(Source[text.Key]), name => Assert.Contains(name.Value, text.Value, StringComparison.Ordinal)));

    private static IReadOnlyList<KeyValuePair<string, string>> Read(string name) => TextFile.Read(Checkout.At($"{TextFile.Folder}/{name}"));

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    // Words with a capital within, names with a dot or an underscore, absolute paths.
    [GeneratedRegex(@"(?<!\w)(?:[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z]+_[A-Z_]+|/(?:etc|usr)/[\w/.-]*\w|[\w-]+\.(?:json|img|osproj))(?!\w)")]
    private static partial Regex Names();
}

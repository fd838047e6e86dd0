using System.Globalization;
using System.Resources;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Diagnostics.Texts;

namespace NodeImage.Core.Tests.Diagnostics;

/// <summary>Texts are shown in the user's language, and in English where there is no translation that fits.</summary>
public sealed class DiagnosticTextsTests : IDisposable
{
    private static readonly DiagnosticDescriptor Descriptor = new("NI9001", "A title", "The file '{0}' has {1} lines.");
    private static readonly CultureInfo Pseudo = new("qps-Ploc");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_translation_is_taken_for_its_language_alone()
    {
        var texts = Make(Pseudo, ("NI9001.title", "[Å ţîţļé]"), ("NI9001.message", "[{1} ļîñéš îñ '{0}']"));
        Assert.Equal("[Å ţîţļé]", texts.Title(Descriptor, Pseudo));
        Assert.Equal("[3 ļîñéš îñ 'a']", texts.Message(Descriptor, Pseudo, ["a", 3]));
        Assert.Equal(Pseudo.Name, texts.Language(Pseudo));
        foreach (var other in (CultureInfo[])[CultureInfo.InvariantCulture, new("en-GB"), new("ja")])
        {
            Assert.Equal("A title", texts.Title(Descriptor, other));
            Assert.Equal("The file 'a' has 3 lines.", texts.Message(Descriptor, other, ["a", 3]));
            Assert.Equal("en-US", texts.Language(other));
        }
    }

    [Fact]
    public void What_is_not_translated_is_in_English()
    {
        var texts = Make(Pseudo, ("NI9001.title", "[Å ţîţļé]"));
        Assert.Equal("The file 'a' has 3 lines.", texts.Message(Descriptor, Pseudo, ["a", 3]));
    }

    [Theory]
    [InlineData("{2} of {0}")]
    [InlineData("{0")]
    public void A_translation_that_takes_other_arguments_is_passed_over(string wrong)
    {
        var texts = Make(Pseudo, ("NI9001.message", wrong));
        Assert.Equal("The file 'a' has 3 lines.", texts.Message(Descriptor, Pseudo, ["a", 3]));
    }

    [Fact]
    public void Numbers_look_the_same_in_every_language() =>
        Assert.Equal("1.5", Make(Pseudo, ("NI9001.message", "{0}")).Message(Descriptor, Pseudo, [1.5]));

    [Fact]
    public void A_diagnostic_is_in_the_language_of_its_thread()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("de");
            var descriptor = new DiagnosticDescriptor("NI1001", "OSImageKind is not set", "OSImageKind is '{0}'.");
            Assert.StartsWith("OSImageKind ist 'x'.", descriptor.At(null, "x").Message, StringComparison.Ordinal);
            Assert.Equal("de", DiagnosticTexts.Default.Language(CultureInfo.CurrentUICulture));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private DiagnosticTexts Make(CultureInfo culture, params (string Name, string Value)[] texts)
    {
        using (var writer = new ResourceWriter(_folder[$"Texts.{culture.Name}.resources"]))
        {
            foreach (var (name, value) in texts)
            {
                writer.AddResource(name, value);
            }
        }

        return new DiagnosticTexts(ResourceManager.CreateFileBasedResourceManager("Texts", _folder.Root, null));
    }
}

namespace NodeImage.Schema.Tests.Completion;

/// <summary>The driver knows where it is in a file.</summary>
public sealed class CaretTests
{
    [Theory]
    [InlineData("<Project><ItemGroup><Rp|", "Element", "Project/ItemGroup", null)]
    [InlineData("<Project><ItemGroup>\n  <|", "Element", "Project/ItemGroup", null)]
    [InlineData("<Project><ItemGroup><RpmPackage Include=\"a>b\" |/>", "Attribute", "Project/ItemGroup/RpmPackage", null)]
    [InlineData("<Project><ItemGroup><RpmPackage Include='a' Ver|", "Attribute", "Project/ItemGroup/RpmPackage", null)]
    [InlineData("<Project><ItemGroup><SystemdUnit Include=\"a\" State=\"En|", "AttributeValue", "Project/ItemGroup/SystemdUnit", "State")]
    [InlineData("<Project><ItemGroup><SystemdUnit Include=\"a\"><State>|", "Text", "Project/ItemGroup/SystemdUnit/State", null)]
    [InlineData("<?xml version=\"1.0\"?><Project><!-- <A> --><PropertyGroup><A>1</A><B/><C>x|</C>", "Text", "Project/PropertyGroup/C", null)]
    [InlineData("|", "Text", "", null)]
    public void A_place_is_found(string text, string kind, string path, string? attribute)
    {
        var caret = Caret.In(text);
        Assert.Equal(kind, caret.Kind.ToString());
        Assert.Equal(path, string.Join('/', caret.Path));
        Assert.Equal(attribute, caret.Attribute);
    }
}

using NodeImage.Texts;

if (args is not ["--root", var root, .. var rest] || rest is not ([] or ["--check"]))
{
    Console.Error.WriteLine("usage: texts --root FOLDER [--check]");
    return 2;
}

var folder = Path.Combine(Path.GetFullPath(root), TextFile.Folder);
var path = Path.Combine(Path.GetFullPath(root), TextFile.Neutral);
var text = TextFile.Write(Descriptors.All());
foreach (var translation in Directory.GetFiles(folder, "DiagnosticTexts.*.resx").Order(StringComparer.Ordinal))
{
    var missing = Descriptors.All().SelectMany(TextFile.Names).Except(TextFile.Read(translation).Select(text => text.Key)).ToList();
    if (missing.Count > 0)
    {
        Console.WriteLine($"{Path.GetFileName(translation)} is shown in English: {string.Join(' ', missing)}");
    }
}

if (File.Exists(path) && File.ReadAllText(path) == text)
{
    return 0;
}

if (rest is ["--check"])
{
    Console.Error.WriteLine($"{TextFile.Neutral} does not follow from the source. Run eng/texts/generate.sh.");
    return 1;
}

File.WriteAllText(path, text);
Console.WriteLine($"written: {TextFile.Neutral}");
return 0;

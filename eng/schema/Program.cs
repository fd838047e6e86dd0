using NodeImage.Schema;
using NodeImage.Schema.Model;

string? root = null;
var check = false;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--check")
    {
        check = true;
    }
    else if (args[i] == "--root" && i + 1 < args.Length)
    {
        root = Path.GetFullPath(args[++i]);
    }
    else
    {
        root = null;
        break;
    }
}

if (root is null)
{
    Console.Error.WriteLine("usage: schema --root FOLDER [--check]");
    return 2;
}

try
{
    var stale = GeneratedFiles.Make(root).Where(file => !file.IsCurrent(root)).ToList();
    foreach (var file in stale)
    {
        if (!check)
        {
            file.Write(root);
        }

        Console.WriteLine($"{(check ? "stale" : "written")}: {file.Path}");
    }

    if (check && stale.Count > 0)
    {
        Console.Error.WriteLine("These files do not follow from the description. Run eng/schema/generate.sh.");
        return 1;
    }

    return 0;
}
catch (SchemaException e)
{
    Console.Error.WriteLine($"schema: {e.Message}");
    return 1;
}

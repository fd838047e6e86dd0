using System.Text;
using NodeImage.Core.Diagnostics;
using NodeImage.Treefiles.Extensions;
using NodeImage.Treefiles.Locking;
using NodeImage.Treefiles.Reading;
using NodeImage.Treefiles.Repositories;
using NodeImage.Treefiles.Writing;

namespace NodeImage.Fuzz.Targets;

/// <summary>Treefiles: one that can be read can be written, and says the same then.</summary>
internal sealed class TreefileTarget : Target
{
    private const string Sample = "ref: a/${basearch}\nvariables: {v: 1, w: \"x\"}\nconditional-include:\n- if: [v >= 1, w == \"x\"]\n  include: {packages: [c]}\npackages: [a b, \"'c >= 1'\"]\npackages-x86_64: &p [d]\nmetadata: {x: *p, y: ~}\ncheck-passwd: {type: data, entries: {a: 1, b: [2, 3]}}\nremove-from-packages: [[a, .*]]\npostprocess:\n- |\n  #!/bin/sh\n  true\n- >-\n  folded\n  text\n";

    public override string Name => "treefile";

    public override IReadOnlyList<byte[]> Corpus { get; } = [Encoding.UTF8.GetBytes(Sample), .. Real("manifest*.yaml", "common.yaml", "packages-*.yaml", "shared-*.yaml")];

    public override void Read(byte[] input)
    {
        foreach (var path in (string[])["/t.yaml", "/t.json"])
        {
            try
            {
                var treefile = TreefileReader.Read(path, new Single(path, input), new TreefileOptions("x86_64"));
                var written = Encoding.UTF8.GetBytes(TreefileWriter.Write(treefile));
                var again = TreefileReader.Read("/t.yaml", new Single("/t.yaml", written), new TreefileOptions("x86_64"));
                if (!again.SaysTheSame(treefile))
                {
                    throw new InvalidOperationException("What was written says something else.");
                }
            }
            catch (DiagnosticException)
            {
            }
        }

        Ignore(() => TreefileLockReader.Read(input, "l.json"));
        Ignore(() => TreefileLockReader.Read(input, "l.yaml"));
        Ignore(() => ExtensionsFileReader.Read(input, "e.yaml"));
        Ignore(() => RepoFile.Read(input, "r.repo"));
    }

    private static void Ignore(Action read)
    {
        try
        {
            read();
        }
        catch (DiagnosticException)
        {
        }
    }

    private sealed class Single(string only, byte[] content) : ITreefileSource
    {
        public string Locate(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path));

        public TreefileContent? Read(string path) => path == only ? new TreefileContent(content, path) : null;
    }
}

using NodeImage.Compose.Scriptlets;
using NodeImage.Core.Diagnostics;

namespace NodeImage.Compose.Passes;

/// <summary>Runs the project's own scripts in the finished tree, in a sandbox without a network.</summary>
/// <param name="sandbox">Runs them.</param>
internal sealed class PostProcessPass(ISandbox sandbox) : IComposePass
{
    private const string ScriptPath = "/var/tmp/post-process";

    public void Apply(ComposeContext context)
    {
        foreach (var script in context.Definition.PostProcessScripts)
        {
            var subject = new ItemReference("PostProcessScript", script.File.Path);
            if (sandbox.Unavailable is { } obstacle)
            {
                throw PassDiagnostics.PostProcessNeedsSandbox.Error(subject, script.File.Path, obstacle);
            }

            var content = script.File.Open(context.ProjectFolder).ReadAllBytes();
            var result = sandbox.Run(new SandboxCommand([.. script.Interpreter.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), ScriptPath], "") { Script = (ScriptPath, content) });
            if (result.Status != 0)
            {
                throw PassDiagnostics.PostProcessFailed.Error(subject, script.File.Path, result.Status, result.Output.Trim());
            }
        }
    }
}

using System.Globalization;
using NodeImage.Compose.Engines.Containers.Writing;

namespace NodeImage.Compose.Engines.Containers.Sections;

/// <summary>Runs the project's own scripts, each a step of its own, without a network where that can be had.</summary>
internal sealed class PostProcessSection : IContainerfileSection
{
    public void Write(ContainerfilePlan plan, ContainerfileBuilder output)
    {
        var scripts = plan.Definition.PostProcessScripts;
        if (scripts.IsEmpty)
        {
            return;
        }

        output.Comment("The project's own scripts.");
        output.AddStep(
            "post-process.sh",
            ["accounts.sh"],
            "Runs a script of the project: post-process.sh INTERPRETER SCRIPT",
            [
                "# Without a network, where a container may make a place without one.",
                "offline=",
                "if unshare --net true 2> /dev/null; then offline='unshare --net'; fi",
                "remember_accounts",
                "$offline \"$1\" \"$here/post-process/$2\" || fail \"the script $2 ended with exit status $?\"",
                "place_accounts",
            ]);
        for (var i = 0; i < scripts.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{i:00}-{Path.GetFileName(scripts[i].File.Path)}");
            output.AddFile($"post-process/{name}", new ContextFile(scripts[i].File.Open(plan.ProjectFolder), IsProgram: true));
            var words = new[] { "/bin/sh", $"{ContainerfileBuilder.Here}/steps/post-process.sh", scripts[i].Interpreter, name };
            output.Run(words.Select(word => Quoting.RequirePrintable("PostProcessScript", word)), seesBase: false);
        }
    }
}

using NodeImage.Compose.Definition;
using NodeImage.Compose.Engines.Containers;
using NodeImage.Compose.Engines.Containers.Writing;
using NodeImage.Compose.Units;
using NodeImage.Core.Diagnostics;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Tests.Engines.Containers;

/// <summary>What Containerfiles say.</summary>
public sealed class ContainerfileTests
{
    [Fact]
    public void Stages_come_in_the_order_of_their_layers_and_the_package_list_is_last()
    {
        var instructions = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node())).Instructions();
        Assert.Equal(["ARG BASE_IMAGE=\"registry.example.com/base@sha256:0000\"", "FROM ${BASE_IMAGE} AS base", "FROM base AS packages"], instructions.Where(line => !line.StartsWith("RUN", StringComparison.Ordinal)).Take(3));
        Assert.Equal(["FROM packages AS content", "FROM content AS metadata", "FROM content"], instructions.Where(line => line.StartsWith("FROM", StringComparison.Ordinal)).Skip(2));
        Assert.Equal("COPY --from=metadata /usr/share/openshift/base/meta.json /usr/share/openshift/base/meta.json", instructions[^1]);
        Assert.Equal(["packages.sh", "put-content.sh", "set-units.sh", "declare-members.sh", "finish-image.sh", "metadata.sh"], instructions.Where(line => line.Contains("/steps/", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf('/') + 1)..]));
    }

    [Fact]
    public void Nothing_is_copied_from_the_folder_so_no_layer_has_repositories_keys_or_packages()
    {
        var instructions = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node())).Instructions();
        Assert.DoesNotContain(instructions, line => line.StartsWith("ADD", StringComparison.Ordinal));
        Assert.All(instructions.Where(line => line.StartsWith("COPY", StringComparison.Ordinal)), line => Assert.StartsWith("COPY --from=metadata ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_repository_with_a_password_is_a_secret_and_stands_nowhere_in_the_folder()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node()));
        Assert.DoesNotContain(written.Files.Keys.Where(path => !path.EndsWith(".rpm", StringComparison.Ordinal)), path => written.Text(path).Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains(written.Instructions(), line => line.Contains("--mount=type=secret,id=repository-paid,target=/run/nodeimage-repositories/paid.repo,required=true", StringComparison.Ordinal));
        Assert.Contains("--secret id=repository-paid,src=\"${SECRETS:?the folder with the secrets}/repository-paid\"", written.Text("build.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_of_the_project_are_mounted_for_the_packages_only()
    {
        var plan = ContainerPlans.Of(ContainerPlans.Node(), options: new ContainerBuildOptions { Secrets = [new BuildSecret("client.pem", "/home/me/client.pem", "/etc/pki/entitlement/client.pem")] });
        var line = Assert.Single(ContainerfileWriter.Write(plan).Instructions(), line => line.Contains("client.pem", StringComparison.Ordinal));
        Assert.StartsWith("RUN", line, StringComparison.Ordinal);
        Assert.Contains("--mount=type=secret,id=client.pem,target=/etc/pki/entitlement/client.pem,required=true", line, StringComparison.Ordinal);
        Assert.EndsWith("packages.sh", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b", "/x")]
    [InlineData("a", "/x,source=/etc")]
    [InlineData("a", "relative")]
    public void A_secret_that_would_add_options_to_its_mount_is_refused(string id, string target)
    {
        var plan = ContainerPlans.Of(ContainerPlans.Node(), options: new ContainerBuildOptions { Secrets = [new BuildSecret(id, "/f", target)] });
        Assert.Equal("NI3708", Assert.Throws<DiagnosticException>(() => ContainerfileWriter.Write(plan)).Diagnostic.Code);
    }

    [Fact]
    public void Packages_of_this_machine_lie_in_the_folder_and_others_are_fetched_by_their_exact_versions()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node()));
        Assert.Equal("cri-o-0:1.34.2-3.el9.x86_64\npaid-0:1.0-1.x86_64\n", written.Text("packages/repositories.list"));
        Assert.Equal("cri-o-0:1.34.2-3.el9.x86_64\nlocal-2:1.0-1.noarch\npaid-0:1.0-1.x86_64\n", written.Text("packages/locked.list"));
        Assert.Equal(["packages/files/local-1.0-1.noarch.rpm"], written.Files.Keys.Where(path => path.StartsWith("packages/files/", StringComparison.Ordinal)));
        Assert.Contains("local-1.0-1.noarch.rpm", written.Text("packages/files.sha256"), StringComparison.Ordinal);
        Assert.Equal("""
            [public]
            baseurl=https://example.com/el9/
            enabled=1
            excludepkgs=kernel-debug*
            gpgcheck=1
            gpgkey=https://example.com/key
            name=public
            repo_gpgcheck=0

            """, written.Text("packages/repositories/public.repo"));
    }

    [Fact]
    public void With_all_packages_in_the_folder_nothing_is_fetched()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node()) with { CarriesAllPackages = true });
        Assert.Equal("", written.Text("packages/repositories.list"));
        Assert.DoesNotContain(written.Files.Keys, path => path.EndsWith(".repo", StringComparison.Ordinal));
        Assert.DoesNotContain(written.Instructions(), line => line.Contains("type=secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PackageTool.Dnf, "dnf")]
    [InlineData(PackageTool.Microdnf, "microdnf")]
    [InlineData(PackageTool.RpmOstree, "rpm-ostree")]
    public void The_package_tool_is_the_chosen_one(PackageTool tool, string step)
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node(), options: new ContainerBuildOptions { PackageTool = tool }));
        Assert.Contains($"package_tool={step}\n", written.Text("settings.sh"), StringComparison.Ordinal);
        Assert.Contains($"{step} ", written.Text($"steps/{step}.sh"), StringComparison.Ordinal);
        Assert.Equal(tool == PackageTool.RpmOstree, written.Instructions().Any(line => line.Contains("target=/etc/yum.repos.d", StringComparison.Ordinal)));
        Assert.Equal(tool == PackageTool.RpmOstree, written.Text("steps/finish-image.sh").Contains("ostree container commit", StringComparison.Ordinal));
    }

    [Fact]
    public void A_base_is_made_in_a_builder_and_becomes_an_image_of_its_own()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node() with { Kind = ImageKind.Base }));
        var instructions = written.Instructions();
        Assert.Equal(["FROM ${BUILDER_IMAGE} AS builder", "FROM scratch AS content", "FROM scratch"], instructions.Where(line => line.StartsWith("FROM", StringComparison.Ordinal)));
        Assert.Equal(["COPY --from=builder /rootfs/ /", "COPY --from=content / /"], instructions.Where(line => line.StartsWith("COPY", StringComparison.Ordinal)));
        Assert.Contains("STOPSIGNAL SIGRTMIN+3", instructions);
        Assert.Contains("CMD [\"/sbin/init\"]", instructions);
        Assert.Contains("shape_tree", written.Text("steps/finish-image.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rpm_ostree_makes_no_base()
    {
        var plan = ContainerPlans.Of(ContainerPlans.Node() with { Kind = ImageKind.Base }, options: new ContainerBuildOptions { PackageTool = PackageTool.RpmOstree });
        Assert.Equal("NI3705", Assert.Throws<DiagnosticException>(() => ContainerfileWriter.Write(plan)).Diagnostic.Code);
    }

    [Fact]
    public void Labels_that_the_base_has_are_not_said_again_and_values_are_taken_as_they_are()
    {
        var definition = ContainerPlans.Node();
        definition = definition with { Container = definition.Container with { Labels = definition.Container.Labels.Add("text", "$HOME \"and\" \\ back"), Environment = definition.Container.Environment.Add("A", "b c") } };
        var instructions = ContainerfileWriter.Write(ContainerPlans.Of(definition)).Instructions();
        Assert.Contains("LABEL \"text\"=\"\\$HOME \\\"and\\\" \\\\ back\"", instructions);
        Assert.Contains("ENV A=\"b c\"", instructions);
        Assert.Contains("LABEL \"io.openshift.metalayer\"=\"true\"", instructions);
        Assert.DoesNotContain(instructions, line => line.Contains("containers.bootc", StringComparison.Ordinal));
        Assert.DoesNotContain(instructions, line => line.StartsWith("CMD", StringComparison.Ordinal));
    }

    [Fact]
    public void A_label_of_two_lines_is_refused_instead_of_being_an_instruction()
    {
        var definition = ContainerPlans.Node();
        definition = definition with { Container = definition.Container with { Labels = definition.Container.Labels.Add("text", "a\nRUN evil") } };
        Assert.Equal("NI3703", Assert.Throws<DiagnosticException>(() => ContainerfileWriter.Write(ContainerPlans.Of(definition))).Diagnostic.Code);
    }

    [Fact]
    public void A_project_s_name_of_two_lines_stays_in_its_comment()
    {
        var text = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node() with { Version = null, TargetFramework = "rhel9.6\nRUN evil" })).Text("Containerfile");
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("RUN evil", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lock_with_options_for_package_names_is_refused()
    {
        var plan = ContainerPlans.Of(ContainerPlans.Node());
        plan = plan with { Lock = plan.Lock with { Packages = [plan.Lock.Packages[0] with { Nevra = "--installroot=/-1-1.x86_64" }] } };
        Assert.Equal("NI3708", Assert.Throws<DiagnosticException>(() => ContainerfileWriter.Write(plan)).Diagnostic.Code);
    }

    [Fact]
    public void Files_have_their_owners_by_name_and_the_last_overlay_is_seen()
    {
        var overlay = new OverlayItem("Overlay", "overlay");
        var definition = ContainerPlans.Node() with
        {
            Overlays =
            [
                new OverlayDefinition(overlay, [ContainerPlans.File("/etc/a b'c"), ContainerPlans.File("/etc/twice")]),
                new OverlayDefinition(overlay, [ContainerPlans.File("/etc/twice", "openvswitch"), new OverlayEntry("/etc/link", FileType.SymbolicLink, 0b111_111_111) { LinkTarget = "$x" }]),
            ],
        };
        var lines = ContainerfileWriter.Write(ContainerPlans.Of(definition)).Text("steps/put-content.sh").Split('\n');
        Assert.Contains(@"put_file 0644 root root 'content/etc/a b'\''c' '/etc/a b'\''c'", lines);
        Assert.Contains("put_link root root '$x' /etc/link", lines);
        Assert.Equal("put_file 0644 openvswitch root content/etc/twice /etc/twice", Assert.Single(lines, line => line.EndsWith("/etc/twice", StringComparison.Ordinal)));
    }

    [Fact]
    public void Units_are_enabled_by_links_and_by_presets()
    {
        var written = ContainerfileWriter.Write(ContainerPlans.Of(ContainerPlans.Node() with
        {
            UnitStates = [new UnitStateDefinition("a.service", UnitState.Enabled, UnitScope.System), new UnitStateDefinition("b.timer", UnitState.Masked, UnitScope.System), new UnitStateDefinition("c.socket", UnitState.Disabled, UnitScope.User)],
        }));
        var lines = written.Text("steps/set-units.sh").Split('\n');
        Assert.Contains("enable_unit system a.service", lines);
        Assert.Contains("mask_unit system b.timer", lines);
        Assert.Contains("disable_unit user c.socket", lines);
        Assert.Equal("enable a.service\n", written.Text("units/usr/lib/systemd/system-preset/40-nodeimage-node.preset"));
        Assert.Equal("disable c.socket\n", written.Text("units/usr/lib/systemd/user-preset/40-nodeimage-node.preset"));
    }

    [Fact]
    public void The_same_plan_is_the_same_text_and_a_changed_file_is_another_step()
    {
        var plan = ContainerPlans.Of(ContainerPlans.Node());
        var text = ContainerfileWriter.Write(plan).Text("Containerfile");
        Assert.Equal(text, ContainerfileWriter.Write(plan).Text("Containerfile"));
        Assert.NotEqual(text, ContainerfileWriter.Write(plan with { Definition = plan.Definition with { KernelArguments = ["debug"] } }).Text("Containerfile"));
    }
}

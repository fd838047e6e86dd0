using NodeImage.Compose.Sandboxes;

namespace NodeImage.Compose.Tests.Sandboxes;

/// <summary>An image's programs run where they are the machine's own, or where its kernel has an emulator for them.</summary>
public sealed class ForeignProgramsTests : IDisposable
{
    // What Debian's and Fedora's packages of QEMU register for aarch64.
    private const string Magic = "7f454c460201010000000000000000000200b700";
    private const string Mask = "ffffffffffffff00fffffffffffffffffeffffff";

    private readonly DirectoryInfo _emulators = Directory.CreateTempSubdirectory("nodeimage-test-");

    public void Dispose() => _emulators.Delete(recursive: true);

    [Fact]
    public void The_machines_own_programs_run() => Assert.Null(Obstacle("x86_64"));

    [Fact]
    public void Others_do_not_where_no_emulator_is_registered()
    {
        var expected = "programs of aarch64 do not run on this machine (x86_64): no emulator for them is registered with its kernel (package qemu-user-static)";

        Assert.Equal(expected, Obstacle("aarch64"));
        _emulators.Delete();
        Assert.Equal(expected, Obstacle("aarch64"));
        _emulators.Create();
    }

    [Fact]
    public void Others_run_where_an_emulator_is_held_open_by_the_kernel()
    {
        Register($"enabled\ninterpreter /usr/bin/qemu-aarch64-static\nflags: OCPF\noffset 0\nmagic {Magic}\nmask {Mask}\n");

        Assert.Null(Obstacle("aarch64"));
        Assert.NotNull(Obstacle("s390x"));
        Assert.NotNull(Obstacle("ppc64le"));
    }

    [Fact]
    public void An_emulator_that_is_not_held_open_does_not_help_in_an_image()
    {
        Register($"enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: OC\noffset 0\nmagic {Magic}\nmask {Mask}\n");

        Assert.Equal(
            "programs of aarch64 do not run in an image on this machine (x86_64): their emulator 'handler' is registered with its kernel without the flag F (package qemu-user-static)",
            Obstacle("aarch64"));
    }

    [Theory]
    [InlineData("disabled\ninterpreter /q\nflags: F\noffset 0\nmagic " + Magic + "\nmask " + Mask)]
    [InlineData("enabled\ninterpreter /usr/bin/wine\nflags: F\nextension .exe")]
    [InlineData("enabled\ninterpreter /q\nflags: F\noffset 0\nmagic 7f454c460201010000000000000000000200b7zz")]
    [InlineData("enabled\ninterpreter /q\nflags: F\noffset 0\nmagic " + Magic + "\nmask ffff")]
    [InlineData("enabled\ninterpreter /q\nflags: F\noffset 200\nmagic " + Magic)]
    [InlineData("enabled\ninterpreter /q\nflags: F\noffset -1\nmagic " + Magic)]
    [InlineData("")]
    public void What_is_off_is_something_else_or_cannot_be_read_counts_for_nothing(string registration)
    {
        Register(registration);

        Assert.NotNull(Obstacle("aarch64"));
    }

    [Fact]
    public void The_order_of_a_big_endian_header_is_its_own()
    {
        Register("enabled\ninterpreter /q\nflags: F\noffset 0\nmagic 7f454c4602020100000000000000000000020016\nmask ffffffffffffff00fffffffffffffffffffeffff\n");

        Assert.Null(Obstacle("s390x"));
        Assert.NotNull(Obstacle("aarch64"));
    }

    private void Register(string registration) => File.WriteAllText(Path.Combine(_emulators.FullName, "handler"), registration);

    private string? Obstacle(string architecture) => ForeignPrograms.FindObstacle(
        new SandboxOptions("dotnet", "host.dll") { MachineArchitecture = "x86_64", EmulatorFolder = _emulators.FullName },
        architecture);
}

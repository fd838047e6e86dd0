using System.Diagnostics;
using NodeImage.Core.Tar;

namespace NodeImage.Compose.Sandboxes.Inside;

/// <summary>
/// The process inside the sandbox: root over nothing but the tree, without a network. It unpacks, runs and reports as
/// the engine outside asks it to.
/// </summary>
public static class SandboxHost
{
    private static readonly (string Name, string Value)[] CommandEnvironment =
    [
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"),
        ("HOME", "/root"),
        ("LC_ALL", "C.UTF-8"),
        ("TMPDIR", "/var/tmp"),
        ("DRACUT_NO_XATTR", "1"),
    ];

    private const int FileCreationMask = 0b000_010_010;
    private const string HostName = "localhost";

    /// <summary>Serves until the engine says that it is enough, or is gone.</summary>
    /// <param name="arguments">The tree's folder.</param>
    /// <returns>The exit status.</returns>
    public static int Serve(string[] arguments)
    {
        if (arguments is not [var folder])
        {
            return 2;
        }

        using var input = new BufferedStream(Console.OpenStandardInput(), 1 << 16);
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var tree = new TreeFolder(folder);

        LinuxCalls.SetFileCreationMask(FileCreationMask);
        LinuxCalls.SetHostName(HostName);

        // What a build that was killed has left, this one may remove: it has the same owners.
        tree.Delete();
        Directory.CreateDirectory(folder);
        ConfinedProcess.Prepare();
        try
        {
            while (ServeOne(tree, input, output))
            {
                output.Flush();
            }
        }
        catch (EndOfStreamException)
        {
            // The engine is gone.
        }
        finally
        {
            tree.Delete();
        }

        return 0;
    }

    private static bool ServeOne(TreeFolder tree, Stream input, Stream output)
    {
        var verb = input.ReadByte();
        using var reader = SandboxProtocol.Reader(input);
        using var writer = SandboxProtocol.Writer(output);
        try
        {
            switch ((SandboxVerb)verb)
            {
                case SandboxVerb.Sync:
                    Sync(tree, reader, input);
                    writer.Write("");
                    return true;
                case SandboxVerb.Run:
                    Run(tree, reader, writer);
                    return true;
                case SandboxVerb.Collect:
                    Collect(tree, writer, output);
                    return true;
                default:
                    return false;
            }
        }
        catch (Exception e) when (e is IOException and not EndOfStreamException or UnauthorizedAccessException or InvalidDataException)
        {
            writer.Write(e.Message);
            return true;
        }
    }

    private static void Sync(TreeFolder tree, BinaryReader reader, Stream input)
    {
        var removed = SandboxProtocol.ReadTexts(reader);
        using var archive = SandboxProtocol.ReadStream(input);
        tree.Remove(removed);
        tree.Unpack(archive);
    }

    private static void Run(TreeFolder tree, BinaryReader reader, BinaryWriter writer)
    {
        var arguments = SandboxProtocol.ReadTexts(reader);
        var input = SandboxProtocol.ReadBytes(reader);
        var time = reader.ReadInt64();
        var scriptPath = reader.ReadString();
        var script = SandboxProtocol.ReadBytes(reader);
        tree.Remember();
        using var mounts = new SystemMounts(tree.Root);
        if (scriptPath.Length > 0)
        {
            File.WriteAllBytes(tree.Root + scriptPath, script);
            LinuxCalls.ChangeMode(tree.Root + scriptPath, 0b111_000_000);
        }

        var (status, output) = Execute(tree.Root, arguments, input, time);
        LinuxCalls.KillOthers();
        writer.Write("");
        writer.Write(status);
        SandboxProtocol.WriteBytes(writer, output);
    }

    private static (int Status, byte[] Output) Execute(string root, List<string> arguments, byte[] input, long time)
    {
        var start = new ProcessStartInfo(arguments[0], arguments.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (name, value) in CommandEnvironment)
        {
            start.Environment[name] = value;
        }

        start.Environment["SOURCE_DATE_EPOCH"] = time.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Process process;
        try
        {
            process = ConfinedProcess.Start(root, start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            // As a shell has it for a program that is not there, or cannot be run.
            return (127, System.Text.Encoding.UTF8.GetBytes($"{arguments[0]}: {e.Message}\n"));
        }

        using var started = process;
        var collected = new MemoryStream();
        var readers = new[] { Drain(process.StandardOutput.BaseStream, collected), Drain(process.StandardError.BaseStream, collected) };
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It does not read what it is given; that is its business.
        }

        process.WaitForExit();

        // What went to the background may hold the outputs open for ever.
        Task.WaitAll(readers, TimeSpan.FromSeconds(2));
        lock (collected)
        {
            return (process.ExitCode, collected.ToArray());
        }
    }

    private static Task Drain(Stream from, MemoryStream to) => Task.Run(() =>
    {
        var buffer = new byte[4096];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            lock (to)
            {
                to.Write(buffer, 0, (int)Math.Min(read, Math.Max(0, SandboxProtocol.MaxOutput - to.Length)));
            }
        }
    });

    private static void Collect(TreeFolder tree, BinaryWriter writer, Stream output)
    {
        var (removed, changed) = tree.Compare();
        writer.Write("");
        SandboxProtocol.WriteTexts(writer, removed);
        writer.Flush();
        SandboxProtocol.WriteStream(output, stream => tree.Pack(changed, new TarWriter(stream)));
    }
}

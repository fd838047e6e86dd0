namespace NodeImage.Compose.Engines.RpmOstree;

/// <summary>Runs programs of an image that has rpm-ostree, on folders of this machine that keep their paths.</summary>
/// <param name="Program">The program that runs containers, such as <c>podman</c>.</param>
/// <param name="Image">The image.</param>
/// <param name="Folders">The folders that it sees, each with whether it may write.</param>
internal sealed record BuilderContainer(string Program, string Image, IReadOnlyList<(string Folder, bool MayWrite)> Folders)
{
    /// <summary>The command that runs a program in the image.</summary>
    /// <param name="command">The program and its arguments.</param>
    public IReadOnlyList<string> Run(IReadOnlyList<string> command) =>
    [
        Program, "run", "--rm",
        "--privileged",
        "--security-opt=label=disable",
        "--network=none",
        .. Folders.Select(folder => $"--volume={folder.Folder}:{folder.Folder}:{(folder.MayWrite ? "rw" : "ro")}"),
        $"--workdir={Folders[0].Folder}",
        Image,
        .. command,
    ];

    /// <summary>What it may do, for people: nobody should find out afterwards.</summary>
    public string Describe() =>
        $"rpm-ostree runs in {Image} with --privileged, for its sandbox makes namespaces and mounts of its own. It has no network, and sees "
        + string.Join(", ", Folders.Select(folder => $"{folder.Folder} ({(folder.MayWrite ? "read and write" : "read only")})"));
}

namespace NodeImage.Compose.Scriptlets.Shell;

/// <summary>What scriptlets find set, the same as in the sandbox.</summary>
internal static class ShellEnvironment
{
    private static readonly (string Name, string Value)[] Variables =
    [
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"),
        ("HOME", "/root"),
        ("LC_ALL", "C.UTF-8"),
        ("TMPDIR", "/var/tmp"),
        ("DRACUT_NO_XATTR", "1"),
    ];

    /// <summary>Gives a shell the environment that a program is started with.</summary>
    /// <param name="state">The shell, which is new.</param>
    /// <param name="further">What the caller exports beyond it.</param>
    public static void Fill(ShellState state, IEnumerable<KeyValuePair<string, string>> further)
    {
        foreach (var (name, value) in Variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)).Concat(further))
        {
            state.Variables[name] = value;
            state.Exported.Add(name);
        }

        state.Variables["PWD"] = state.WorkingFolder;
    }
}

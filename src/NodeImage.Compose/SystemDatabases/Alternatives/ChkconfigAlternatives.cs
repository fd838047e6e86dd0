namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>Does the work of chkconfig's <c>alternatives(8)</c>: <c>alternatives.c</c> of chkconfig.</summary>
/// <param name="store">The image's links and records.</param>
/// <param name="services">Enables and disables services.</param>
/// <param name="isMerged">Whether programs are in one folder, by whatever of its names they are called.</param>
/// <param name="write">Takes a line of what the program tells.</param>
internal sealed class ChkconfigAlternatives(AlternativeStore store, AlternativeServices services, bool isMerged, Action<string> write)
{
    private static readonly string[] ProgramFolders = ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"];

    /// <summary>Does what is asked.</summary>
    /// <exception cref="AlternativeException">The program would give up.</exception>
    public void Run(AlternativeRequest request)
    {
        if (request.Action == AlternativeAction.List)
        {
            List();
            return;
        }

        if (request.Action == AlternativeAction.Install)
        {
            Install(request);
            return;
        }

        var state = Read(request.Name, request) ?? throw new AlternativeException($"failed to read the alternatives of {request.Name}");
        if (!state.HasLink)
        {
            throw new AlternativeException($"failed to read link {state.Group.Link}");
        }

        switch (request.Action)
        {
            case AlternativeAction.Set:
                state.Choose(FindByPathOrFamily(state, request.Path));
                break;
            case AlternativeAction.Auto:
                state.ChooseBest();
                break;
            case AlternativeAction.Remove:
                state.Remove(FindByPath(state, request.Path));
                break;
            default:
                state.RemoveAll();
                break;
        }
    }

    private ChkconfigGroupState? Read(string name, AlternativeRequest request) => store.ReadRecord(name) is { } text
        ? new ChkconfigGroupState(store, services, ChkconfigRecord.Parse(name, text), request, IsSame)
        : null;

    private void Install(AlternativeRequest request)
    {
        if (request.Name.Contains('/', StringComparison.Ordinal) || !request.Link.StartsWith('/') || !request.Path.StartsWith('/')
            || request.Followers.Exists(follower => follower.Link.Name.Contains('/', StringComparison.Ordinal) || !follower.Link.Link.StartsWith('/') || !follower.File.StartsWith('/')))
        {
            throw new AlternativeException("a name must not contain '/', and paths must be absolute");
        }

        var state = Read(request.Name, request) ?? new ChkconfigGroupState(store, services, new AlternativeGroup(request.Name, request.Link), request, IsSame);
        if (!IsSame(state.Group.Link, request.Link))
        {
            throw new AlternativeException($"the primary link for {request.Name} must be {state.Group.Link}");
        }

        state.Install(request);
    }

    private void List()
    {
        var names = store.Records();
        var width = names.Count == 0 ? 0 : names.Max(name => name.Length);
        foreach (var name in names)
        {
            var state = Read(name, new AlternativeRequest())!;
            write($"{name.PadRight(width)}\t{(state.Group.IsManual ? "manual" : "auto  ")}\t{store.ReadLink(store.ChoiceLink(name))}");
        }
    }

    private AlternativeChoice FindByPath(ChkconfigGroupState state, string path) =>
        state.Group.Choices.Find(choice => IsSame(choice.Path, path)) ?? throw new AlternativeException($"{path} has not been configured as an alternative for {state.Group.Name}");

    private AlternativeChoice FindByPathOrFamily(ChkconfigGroupState state, string path) =>
        state.Group.Choices.Find(choice => IsSame(choice.Path, path))
        ?? state.Group.Choices.Where(choice => choice.Family == path).MaxBy(choice => choice.Priority)
        ?? FindByPath(state, path);

    private bool IsSame(string a, string b) => a == b || (isMerged && NameInProgramFolder(a) is { } name && name == NameInProgramFolder(b));

    private static string? NameInProgramFolder(string path) =>
        Array.Find(ProgramFolders, folder => path.StartsWith(folder, StringComparison.Ordinal)) is { } folder ? path[folder.Length..] : null;
}

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>Does the work of dpkg's <c>update-alternatives(1)</c>: <c>utils/update-alternatives.c</c> of dpkg, without its log.</summary>
/// <param name="store">The image's links and records.</param>
/// <param name="write">Takes a line of what the program tells.</param>
internal sealed class DpkgAlternatives(AlternativeStore store, Action<string> write)
{
    /// <summary>Does what is asked.</summary>
    /// <exception cref="AlternativeException">The program would give up.</exception>
    public void Run(AlternativeRequest request)
    {
        if (request.Action == AlternativeAction.Install)
        {
            new DpkgInstallCheck(store).Check(request);
        }

        var isStale = false;
        var group = store.ReadRecord(request.Name) is { } text ? DpkgRecord.Parse(request.Name, text, store.Exists, out isStale) : null;
        switch (request.Action)
        {
            case AlternativeAction.Remove when group is null:
                return;
            case not AlternativeAction.Install when group is null:
                throw new AlternativeException($"no alternatives for {request.Name}");
            case AlternativeAction.List:
                group!.Choices.ForEach(choice => write(choice.Path));
                return;
            default:
                Change(request, group, isStale);
                return;
        }
    }

    private void Change(AlternativeRequest request, AlternativeGroup? group, bool isStale)
    {
        var current = store.ReadLink(store.ChoiceLink(request.Name));
        var state = new DpkgGroupState(store, group ?? new AlternativeGroup(request.Name, request.Link), isStale || group is null) { Force = request.Force };
        if (group is not null)
        {
            state.SelectMode(current);
        }

        var chosen = request.Action switch
        {
            AlternativeAction.Install => state.Install(request, current, isNew: group is null),
            AlternativeAction.Set => state.Set(request.Path),
            AlternativeAction.Auto => state.SetAuto(current),
            AlternativeAction.Remove => state.Remove(request.Path, current),
            _ => state.RemoveAll(),
        };
        state.Update(current, chosen);
    }
}

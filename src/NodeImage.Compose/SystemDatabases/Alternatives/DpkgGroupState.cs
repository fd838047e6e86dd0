namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>A group while dpkg's <c>update-alternatives</c> works on it.</summary>
/// <param name="store">The image's links and records.</param>
/// <param name="group">The group.</param>
/// <param name="isModified">Whether its record must be written anyway.</param>
internal sealed class DpkgGroupState(AlternativeStore store, AlternativeGroup group, bool isModified)
{
    private readonly HashSet<string> _changedFollowers = new(StringComparer.Ordinal);
    private readonly List<Action> _linkChanges = [];
    private AlternativeGroup _group = group;
    private bool _isModified = isModified;

    /// <summary>Whether files give way to links.</summary>
    public bool Force { get; init; }

    /// <summary>Finds out whether somebody has changed the link by hand.</summary>
    public void SelectMode(string? current)
    {
        if (current is null)
        {
            SetManual(false);
        }
        else if (Find(current) is null)
        {
            SetManual(store.Exists(current));
        }
    }

    /// <summary>Adds a choice; followers that have other links than before are moved.</summary>
    /// <returns>The choice that is to be taken, or null.</returns>
    public string? Install(AlternativeRequest request, string? current, bool isNew)
    {
        if (!isNew)
        {
            MoveLinks(request, current);
        }

        foreach (var (follower, _) in request.Followers)
        {
            var index = _group.Followers.FindIndex(other => other.Name == follower.Name);
            if (index < 0)
            {
                _group.Followers.Add(follower);
            }
            else
            {
                _group.Followers[index] = follower;
            }
        }

        var choice = new AlternativeChoice(request.Path, request.Priority) { Files = request.Followers.ToDictionary(follower => follower.Link.Name, follower => follower.File, StringComparer.Ordinal) };
        var place = _group.Choices.FindIndex(other => other.Path == choice.Path);
        if (place < 0)
        {
            _group.Choices.Add(choice);
        }
        else
        {
            _group.Choices[place] = choice;
        }

        _isModified = true;
        return _group.IsManual ? null : Best(current)!.Path;
    }

    /// <summary>Chooses.</summary>
    /// <returns>The choice that is to be taken.</returns>
    public string Set(string path)
    {
        if (Find(path) is null)
        {
            throw new AlternativeException($"alternative {path} for {_group.Name} not registered; not setting");
        }

        SetManual(true);
        return path;
    }

    /// <summary>Lets the priorities choose.</summary>
    /// <returns>The choice that is to be taken, or null.</returns>
    public string? SetAuto(string? current)
    {
        SetManual(false);
        return Best(current)?.Path;
    }

    /// <summary>Takes a choice away.</summary>
    /// <returns>The choice that is to be taken instead, or null.</returns>
    public string? Remove(string path, string? current)
    {
        _isModified |= _group.Choices.RemoveAll(choice => choice.Path == path) > 0;
        if (current != path)
        {
            return null;
        }

        SetManual(false);
        return Best(current)?.Path;
    }

    /// <summary>Takes all choices away.</summary>
    public string? RemoveAll()
    {
        _group.Choices.Clear();
        return null;
    }

    /// <summary>Makes links and the record as they should be.</summary>
    /// <param name="current">What the link leads to.</param>
    /// <param name="chosen">The choice that is to be taken, or null for no other.</param>
    public void Update(string? current, string? chosen)
    {
        if (_group.Choices.Count == 0)
        {
            RemoveFiles();
            return;
        }

        if (chosen is not null && chosen != current)
        {
            Prepare(Find(chosen)!);
        }
        else if (IsBroken(current) && current is not null)
        {
            if (Find(current) is null)
            {
                SetManual(false);
            }

            Prepare(Find(current) ?? Best(current)!);
        }

        if (_isModified)
        {
            store.WriteRecord(_group.Name, DpkgRecord.Write(_group));
        }

        _linkChanges.ForEach(change => change());
    }

    private AlternativeChoice? Find(string path) => _group.Choices.Find(choice => choice.Path == path);

    private AlternativeChoice? Best(string? current)
    {
        var best = (current is null ? null : Find(current)) ?? _group.Choices.FirstOrDefault();
        foreach (var choice in _group.Choices)
        {
            best = choice.Priority > best!.Priority ? choice : best;
        }

        return best;
    }

    private void SetManual(bool isManual)
    {
        _isModified |= _group.IsManual != isManual;
        _group.IsManual = isManual;
    }

    private void MoveLinks(AlternativeRequest request, string? current)
    {
        if (request.Link != _group.Link)
        {
            Move(_group.Link, request.Link);
            _group = _group.WithLink(request.Link);
        }

        foreach (var (follower, file) in request.Followers)
        {
            if (_group.Followers.Find(other => other.Name == follower.Name) is not { } known)
            {
                _changedFollowers.Add(follower.Name);
            }
            else if (known.Link != follower.Link && store.ReadLink(known.Link) is not null)
            {
                var leadsTo = current == request.Path ? file : store.ReadLink(store.ChoiceLink(follower.Name));
                if (leadsTo is not null && store.Exists(leadsTo))
                {
                    Move(known.Link, follower.Link);
                }
                else
                {
                    store.Remove(known.Link);
                }

                _changedFollowers.Add(follower.Name);
            }
        }
    }

    private void Move(string from, string to)
    {
        if (store.ReadLink(from) is { } target)
        {
            store.Link(to, target, store.TimeOf(from));
            store.Remove(from);
        }
    }

    private bool CanInstall(AlternativeChoice choice, FollowerLink follower) => choice.Files.GetValueOrDefault(follower.Name) is { Length: > 0 } file && store.Exists(file);

    // A follower that is new or has moved is no sign of damage, but must be linked as well.
    private bool IsBroken(string? current) =>
        store.ReadLink(_group.Link) != store.ChoiceLink(_group.Name)
        || current is null
        || (Find(current) is { } choice && _group.Followers.Exists(follower => IsBroken(choice, follower)));

    private bool IsBroken(AlternativeChoice choice, FollowerLink follower)
    {
        var link = store.ChoiceLink(follower.Name);
        return CanInstall(choice, follower)
            ? store.ReadLink(follower.Link) != link || store.ReadLink(link) != choice.Files[follower.Name]
            : !store.IsMissing(follower.Link) || !store.IsMissing(link);
    }

    private void Prepare(AlternativeChoice choice)
    {
        Prepare(_group.Name, _group.Link, choice.Path);
        foreach (var follower in _group.Followers)
        {
            if (CanInstall(choice, follower))
            {
                Prepare(follower.Name, follower.Link, choice.Files[follower.Name]);
                continue;
            }

            if (Force || !store.IsOther(follower.Link))
            {
                _linkChanges.Add(() => store.Remove(follower.Link));
            }

            _linkChanges.Add(() => store.Remove(store.ChoiceLink(follower.Name)));
        }
    }

    // A link that was not there is as old as what it leads to, so that the same installation gives the same links.
    private void Prepare(string name, string link, string file)
    {
        var choiceLink = store.ChoiceLink(name);
        var isNewChoice = !store.Exists(choiceLink);
        _linkChanges.Add(() => store.Link(choiceLink, file, isNewChoice ? store.TimeOf(file) : null));
        if (Force || (!store.IsOther(link) && store.ReadLink(link) != choiceLink))
        {
            var isNewLink = !store.Exists(link);
            _linkChanges.Add(() => store.Link(link, choiceLink, isNewLink ? store.TimeOf(choiceLink) : null));
        }
    }

    private void RemoveFiles()
    {
        foreach (var follower in _group.Followers.Prepend(new FollowerLink(_group.Name, _group.Link)))
        {
            if (Force || !store.IsOther(follower.Link))
            {
                store.Remove(follower.Link);
            }

            store.Remove(store.ChoiceLink(follower.Name));
        }

        store.RemoveRecord(_group.Name);
    }
}

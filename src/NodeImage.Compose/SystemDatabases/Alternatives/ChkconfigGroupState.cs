namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>A group while chkconfig's <c>alternatives</c> works on it.</summary>
internal sealed class ChkconfigGroupState
{
    private readonly AlternativeStore _store;
    private readonly AlternativeServices _services;
    private readonly AlternativeRequest _request;
    private readonly Func<string, string, bool> _isSame;
    private AlternativeChoice? _best;
    private AlternativeChoice? _current;

    /// <summary>Begins to work on a group.</summary>
    /// <param name="store">The image's links and records.</param>
    /// <param name="services">Enables and disables services.</param>
    /// <param name="group">The group as it is recorded.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="isSame">Compares paths of programs.</param>
    public ChkconfigGroupState(AlternativeStore store, AlternativeServices services, AlternativeGroup group, AlternativeRequest request, Func<string, string, bool> isSame)
    {
        _store = store;
        _services = services;
        _request = request;
        _isSame = isSame;
        Group = group;
        _best = Group.Choices.Count == 0 ? null : Group.Choices.MaxBy(choice => choice.Priority);
        if (store.ReadLink(store.ChoiceLink(group.Name)) is not { } target || group.Choices.Count == 0)
        {
            return;
        }

        HasLink = true;
        _current = group.Choices.Find(choice => isSame(choice.Path, target));
        group.IsManual |= _current is null || _current != _best;
    }

    /// <summary>The group.</summary>
    public AlternativeGroup Group { get; private set; }

    /// <summary>Whether the link to what is chosen is there.</summary>
    public bool HasLink { get; }

    /// <summary>Adds a choice.</summary>
    public void Install(AlternativeRequest request)
    {
        var added = new AlternativeChoice(request.Path, request.Priority)
        {
            Family = request.Family,
            Service = request.Service,
            Files = request.Followers.ToDictionary(follower => follower.Link.Name, follower => follower.File, StringComparer.Ordinal),
        };
        var isFirst = Group.Choices.Count == 0;
        var before = Group.Followers.ToList();
        var followers = before.ToList();
        foreach (var (follower, _) in request.Followers)
        {
            if (!followers.Exists(known => _isSame(known.Link, follower.Link)))
            {
                followers.Add(follower);
            }
        }

        var place = Group.Choices.FindIndex(choice => _isSame(choice.Path, added.Path));
        if (place >= 0)
        {
            Replace(place, added, followers);
        }
        else
        {
            Group.Choices.Add(added);
            _best = _best is null || _best.Priority < added.Priority ? added : _best;
        }

        if (!isFirst)
        {
            Match(followers, before, request);
        }

        Group.Followers.Clear();
        Group.Followers.AddRange(followers);
        Write(forceLinks: place >= 0);
    }

    /// <summary>Chooses.</summary>
    public void Choose(AlternativeChoice choice)
    {
        _current = choice;
        Group.IsManual = true;
        Write(forceLinks: true);
    }

    /// <summary>Lets the priorities choose.</summary>
    public void ChooseBest()
    {
        Group.IsManual = false;
        Write(forceLinks: false);
    }

    /// <summary>Takes a choice away.</summary>
    public void Remove(AlternativeChoice choice)
    {
        if (Group.Choices.Count == 1)
        {
            RemoveAll();
            return;
        }

        var family = _current?.Family;
        _current = _current == choice ? null : _current;

        // The last one takes its place.
        Group.Choices[Group.Choices.IndexOf(choice)] = Group.Choices[^1];
        Group.Choices.RemoveAt(Group.Choices.Count - 1);
        _best = Group.Choices.Aggregate(Group.Choices[0], (best, other) => IsBetter(other, best, family) ? other : best);
        var forceLinks = false;
        if (_current is null)
        {
            if (family is null || family != _best.Family)
            {
                Group.IsManual = false;
            }
            else
            {
                forceLinks = true;
            }

            _current = _best;
        }

        Write(forceLinks);
    }

    /// <summary>Takes the whole group away.</summary>
    public void RemoveAll()
    {
        foreach (var follower in Group.Followers.Prepend(new FollowerLink(Group.Name, Group.Link)))
        {
            RemoveLinks(follower);
        }

        _store.RemoveRecord(Group.Name);
    }

    private static bool IsBetter(AlternativeChoice choice, AlternativeChoice best, string? family) =>
        family is null || (best.Family == family) == (choice.Family == family) ? choice.Priority > best.Priority : choice.Family == family;

    // What was the best stays so, whatever its priority is now, until the record is read again.
    private void Replace(int place, AlternativeChoice added, List<FollowerLink> followers)
    {
        var replaced = Group.Choices[place];
        Group.Choices[place] = added;
        _best = _best == replaced ? added : _best;
        _current = _current == replaced ? added : _current;
        foreach (var unused in followers.Where(follower => !Group.Choices.Exists(choice => choice.Files.ContainsKey(follower.Name))).ToList())
        {
            RemoveLinks(unused);
            followers.Remove(unused);
        }
    }

    // Sorted, so that the record is easy to read; a name must have the same link in every choice.
    private void Match(List<FollowerLink> followers, List<FollowerLink> before, AlternativeRequest request)
    {
        followers.Sort((a, b) => string.CompareOrdinal(a.Link, b.Link));
        foreach (var follower in followers)
        {
            foreach (var other in before.Concat(request.Followers.Select(added => added.Link)).Where(other => other.Name == follower.Name))
            {
                if (!_isSame(other.Link, follower.Link))
                {
                    throw new AlternativeException($"link {other.Link} incorrect for follower {other.Name} ({follower.Link} {follower.Name})");
                }
            }
        }
    }

    private void Write(bool forceLinks)
    {
        _store.WriteRecord(Group.Name, ChkconfigRecord.Write(Group));
        _current = Group.IsManual ? _current : _best;
        var chosen = _current ?? Group.Choices[0];
        if (forceLinks || !Group.IsManual)
        {
            MakeLinks(new FollowerLink(Group.Name, Group.Link), chosen.Path);
            foreach (var follower in Group.Followers)
            {
                if (chosen.Files.GetValueOrDefault(follower.Name) is { Length: > 0 } file)
                {
                    MakeLinks(follower, file);
                }
                else
                {
                    RemoveLinks(follower);
                }
            }
        }

        if (chosen.Service is { } service)
        {
            _services.Enable(service);
        }

        foreach (var other in Group.Choices.Where(choice => choice != chosen && choice.Service is not null))
        {
            _services.Disable(other.Service!);
        }
    }

    private void MakeLinks(FollowerLink link, string file)
    {
        var choiceLink = _store.ChoiceLink(link.Name);
        var isFile = _store.Exists(link.Link) && _store.ReadLink(link.Link) is null;
        if (!isFile && !IsForeign(link.Link) && _store.ReadLink(link.Link) != choiceLink)
        {
            _store.Link(link.Link, choiceLink);
        }

        if (_store.ReadLink(choiceLink) != file)
        {
            _store.Link(choiceLink, file);
        }
    }

    private void RemoveLinks(FollowerLink link)
    {
        if (_request.KeepMissing)
        {
            return;
        }

        var choiceLink = _store.ChoiceLink(link.Name);
        if (_store.ReadLink(choiceLink) is not null)
        {
            _store.Remove(choiceLink);
        }

        if (_store.ReadLink(link.Link) is not null && !IsForeign(link.Link))
        {
            _store.Remove(link.Link);
        }
    }

    private bool IsForeign(string link) =>
        _request.KeepForeign && _store.ReadLink(link) is { } target && !target.StartsWith(_store.LinkFolder, StringComparison.Ordinal);
}

namespace NodeImage.Compose.SystemDatabases.Alternatives;

/// <summary>Sees to it that no name and no link is of two groups: <c>alternative_check_install_args</c> of dpkg's <c>update-alternatives</c>.</summary>
/// <param name="store">The image's links and records.</param>
internal sealed class DpkgInstallCheck(AlternativeStore store)
{
    private readonly Dictionary<string, AlternativeGroup> _byLink = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlternativeGroup> _byName = new(StringComparer.Ordinal);

    /// <summary>Checks what is to be installed.</summary>
    /// <exception cref="AlternativeException">It is refused.</exception>
    public void Check(AlternativeRequest request)
    {
        CheckArguments(request);
        foreach (var name in store.Records())
        {
            Learn(name);
        }

        if (_byName.TryGetValue(request.Name, out var found) && found.Name != request.Name)
        {
            throw new AlternativeException($"alternative {request.Name} cannot be master: it is a slave of {found.Name}");
        }

        RefuseLinkOfOther(request.Name, request.Link);
        if (!store.Exists(request.Path))
        {
            throw new AlternativeException($"alternative path {request.Path} does not exist");
        }

        foreach (var (follower, _) in request.Followers)
        {
            CheckFollower(request.Name, follower);
        }
    }

    private static void CheckArguments(AlternativeRequest request)
    {
        var links = request.Followers.Select(follower => follower.Link).Prepend(new FollowerLink(request.Name, request.Link)).ToList();
        var files = request.Followers.Select(follower => follower.File).Prepend(request.Path).ToList();
        if (links.Exists(link => link.Name.AsSpan().IndexOfAny("/ \t") >= 0 || !link.Link.StartsWith('/')) || files.Exists(file => !file.StartsWith('/')))
        {
            throw new AlternativeException($"names of {request.Name} must not contain '/' and spaces, and paths must be absolute");
        }

        if (links.Select(link => link.Name).Distinct(StringComparer.Ordinal).Count() < links.Count
            || links.Select(link => link.Link).Distinct(StringComparer.Ordinal).Count() < links.Count
            || links.Zip(files).Any(pair => pair.First.Link == pair.Second))
        {
            throw new AlternativeException($"two links of {request.Name} have one name or one place, or one leads to itself");
        }
    }

    // What cannot be read is no group; of several that have the same name or link, the first counts.
    private void Learn(string name)
    {
        AlternativeGroup? group;
        try
        {
            group = DpkgRecord.Parse(name, store.ReadRecord(name) ?? "", store.Exists, out _);
        }
        catch (AlternativeException)
        {
            return;
        }

        if (group is not null)
        {
            foreach (var follower in group.Followers.Prepend(new FollowerLink(group.Name, group.Link)))
            {
                _byLink.TryAdd(follower.Link, group);
                _byName.TryAdd(follower.Name, group);
            }
        }
    }

    private void CheckFollower(string name, FollowerLink follower)
    {
        if (_byName.TryGetValue(follower.Name, out var parent) && parent.Name != name)
        {
            throw new AlternativeException($"alternative {follower.Name} cannot be slave of {name}: it belongs to {parent.Name}");
        }

        RefuseLinkOfOther(name, follower.Link);
        if (_byLink.TryGetValue(follower.Link, out var own) && own.Followers.Find(other => other.Link == follower.Link) is { } known && known.Name != follower.Name)
        {
            throw new AlternativeException($"alternative link {follower.Link} is already managed by {known.Name} (slave of {own.Name})");
        }
    }

    private void RefuseLinkOfOther(string name, string link)
    {
        if (_byLink.TryGetValue(link, out var found) && found.Name != name)
        {
            throw new AlternativeException($"alternative link {link} is already managed by {found.Name}");
        }
    }
}

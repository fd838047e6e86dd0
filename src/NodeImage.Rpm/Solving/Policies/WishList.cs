namespace NodeImage.Rpm.Solving;

/// <summary>The packages that those chosen so far recommend and suggest, kept up as decisions are made.</summary>
internal sealed class WishList(PoolView view, Trail trail)
{
    private readonly PackageSet _recommended = new(view.Packages.Length);
    private readonly PackageSet _suggested = new(view.Packages.Length);

    // Rich wishes that wait for a package they depend on: by that package.
    private readonly Dictionary<int, List<(int Dependency, PackageSet Wished)>> _waiting = [];
    private int _position;

    public bool IsRecommended(int package) => _recommended.Contains(package);

    public bool IsSuggested(int package) => _suggested.Contains(package);

    /// <summary>To be called after decisions were taken back to a number of decisions.</summary>
    public void NoteRevert(int count)
    {
        if (_position > count)
        {
            _position = -1;
        }
    }

    /// <summary>Forgets everything; the next update begins anew.</summary>
    public void Invalidate() => _position = -1;

    /// <summary>Takes in the decisions made since the last update.</summary>
    public void Update() => Update(trail.Literals);

    /// <summary>Takes in packages that are likely to stay installed although nothing is decided yet, and forgets them at the next
    /// update.</summary>
    public void UpdateWith(ReadOnlySpan<int> supposed)
    {
        Update();
        foreach (var package in supposed)
        {
            Take(package);
        }

        Invalidate();
    }

    private void Update(ReadOnlySpan<int> literals)
    {
        if (_position < 0)
        {
            _recommended.Clear();
            _suggested.Clear();
            _waiting.Clear();
            _position = 0;
        }

        while (_position < literals.Length)
        {
            var literal = literals[_position++];
            if (literal > 0)
            {
                Take(literal);
            }
        }
    }

    private void Take(int package)
    {
        if (_waiting.Remove(package, out var waiting))
        {
            foreach (var (dependency, wished) in waiting)
            {
                AddConditional(dependency, wished);
            }
        }

        Add(view.Packages[package].Recommends, _recommended);
        Add(view.Packages[package].Suggests, _suggested);
    }

    private void Add(int list, PackageSet wished)
    {
        for (var i = list; view.Requirements[i] != 0; i++)
        {
            var dependency = view.Requirements[i];
            if (view.Pool.Dependencies.IsConditional(dependency))
            {
                AddConditional(dependency, wished);
                continue;
            }

            foreach (var package in view.ProvidersOf(dependency))
            {
                wished.Add(package);
            }
        }
    }

    private void AddConditional(int dependency, PackageSet wished)
    {
        var form = NormalForm.Conjunction(view, dependency);
        foreach (var block in form.Blocks)
        {
            var positive = Array.FindIndex(block, literal => literal > 0);
            var conditions = block.AsSpan(0, positive < 0 ? block.Length : positive);
            if (positive < 0 || AnyRejected(conditions) || Waits(conditions, dependency, wished))
            {
                continue;
            }

            foreach (var package in block.AsSpan(positive))
            {
                wished.Add(package);
            }
        }
    }

    private bool AnyRejected(ReadOnlySpan<int> conditions)
    {
        foreach (var condition in conditions)
        {
            if (trail.IsRejected(-condition))
            {
                return true;
            }
        }

        return false;
    }

    private bool Waits(ReadOnlySpan<int> conditions, int dependency, PackageSet wished)
    {
        var waits = false;
        foreach (var condition in conditions)
        {
            if (!trail.IsUndecided(-condition))
            {
                continue;
            }

            waits = true;
            if (!_waiting.TryGetValue(-condition, out var waiting))
            {
                _waiting.Add(-condition, waiting = []);
            }

            if (!waiting.Contains((dependency, wished)))
            {
                waiting.Add((dependency, wished));
            }
        }

        return waits;
    }
}

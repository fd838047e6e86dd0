namespace NodeImage.Rpm.Solving;

/// <summary>Tarjan's algorithm, without recursion.</summary>
internal static class StrongComponents
{
    /// <summary>Finds the strongly connected components of a graph.</summary>
    /// <param name="edges">For each node, the nodes it points to.</param>
    /// <returns>The components, each after all that it points to; its nodes are in the order in which they were come upon.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Find(IReadOnlyList<IReadOnlyList<int>> edges)
    {
        var search = new Search(edges);
        for (var node = 0; node < edges.Count; node++)
        {
            search.Visit(node);
        }

        return search.Components;
    }

    private sealed class Search(IReadOnlyList<IReadOnlyList<int>> edges)
    {
        private readonly int[] _index = new int[edges.Count];
        private readonly int[] _low = new int[edges.Count];
        private readonly bool[] _isClosed = new bool[edges.Count];
        private readonly Stack<(int Node, int Edge)> _path = new();
        private readonly List<int> _open = [];
        private int _next = 1;

        public List<IReadOnlyList<int>> Components { get; } = [];

        public void Visit(int start)
        {
            if (_index[start] != 0)
            {
                return;
            }

            Open(start);
            while (_path.TryPop(out var top))
            {
                var (node, edge) = top;
                if (edge < edges[node].Count)
                {
                    _path.Push((node, edge + 1));
                    Follow(node, edges[node][edge]);
                }
                else
                {
                    Close(node);
                }
            }
        }

        private void Open(int node)
        {
            _index[node] = _low[node] = _next++;
            _open.Add(node);
            _path.Push((node, 0));
        }

        private void Follow(int node, int target)
        {
            if (_index[target] == 0)
            {
                Open(target);
            }
            else if (!_isClosed[target])
            {
                _low[node] = Math.Min(_low[node], _index[target]);
            }
        }

        private void Close(int node)
        {
            if (_low[node] == _index[node])
            {
                var start = _open.LastIndexOf(node);
                int[] members = [.. _open[start..]];
                _open.RemoveRange(start, members.Length);
                Array.ForEach(members, member => _isClosed[member] = true);
                Components.Add(members);
            }

            if (_path.TryPeek(out var parent))
            {
                _low[parent.Node] = Math.Min(_low[parent.Node], _low[node]);
            }
        }
    }
}

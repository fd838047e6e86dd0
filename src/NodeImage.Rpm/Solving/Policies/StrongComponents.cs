namespace NodeImage.Rpm.Solving;

/// <summary>Tarjan's algorithm, without recursion.</summary>
internal static class StrongComponents
{
    /// <summary>Finds the strongly connected components of a graph.</summary>
    /// <param name="edges">For each node, the nodes it points to.</param>
    /// <returns>For each node, the number of its component; a component has a higher number than all that it points to.</returns>
    public static int[] Find(IReadOnlyList<IReadOnlyList<int>> edges)
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
        private readonly Stack<(int Node, int Edge)> _path = new();
        private readonly Stack<int> _open = new();
        private int _next = 1;
        private int _component;

        public int[] Components { get; } = NewComponents(edges.Count);

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

        private static int[] NewComponents(int count)
        {
            var components = new int[count];
            Array.Fill(components, -1);
            return components;
        }

        private void Open(int node)
        {
            _index[node] = _low[node] = _next++;
            _open.Push(node);
            _path.Push((node, 0));
        }

        private void Follow(int node, int target)
        {
            if (_index[target] == 0)
            {
                Open(target);
            }
            else if (Components[target] < 0)
            {
                _low[node] = Math.Min(_low[node], _index[target]);
            }
        }

        private void Close(int node)
        {
            if (_low[node] == _index[node])
            {
                int member;
                do
                {
                    member = _open.Pop();
                    Components[member] = _component;
                }
                while (member != node);
                _component++;
            }

            if (_path.TryPeek(out var parent))
            {
                _low[parent.Node] = Math.Min(_low[parent.Node], _low[node]);
            }
        }
    }
}

namespace NodeImage.Rpm.Solving;

/// <content>Rich dependencies.</content>
internal sealed partial class DependencyClauses
{
    private void AddConditional(int package, int dependency, ClauseKind kind, bool tolerant)
    {
        var form = kind == ClauseKind.Conflicts
            ? NormalForm.OppositeConjunction(view, dependency)
            : NormalForm.Conjunction(view, dependency);
        if (form.Constant == true)
        {
            return;
        }

        if (form.Constant == false)
        {
            if (!tolerant)
            {
                clauses.Add(kind == ClauseKind.Requires ? ClauseKind.NothingProvides : kind, -package, 0, dependency);
            }

            return;
        }

        foreach (var block in form.Blocks)
        {
            if (!tolerant || HoldsInstalled(block))
            {
                AddBlock(package, dependency, kind, block);
            }
        }
    }

    // Whether the installed system, as it is, has anything that makes the block true.
    private bool HoldsInstalled(int[] block)
    {
        foreach (var literal in block)
        {
            if (literal > 0 == view.IsInstalled(Math.Abs(literal)))
            {
                return true;
            }
        }

        return false;
    }

    private void AddBlock(int package, int dependency, ClauseKind kind, int[] block)
    {
        if (block.Contains(package))
        {
            return;
        }

        if (block is [var only] && only == -package)
        {
            AddSelfContradiction(package, dependency, kind);
            return;
        }

        var literals = block.Contains(-package) ? block : [.. block.Append(-package).Order()];
        clauses.Add(kind, literals, dependency);
        foreach (var literal in literals)
        {
            if (literal > 0)
            {
                Push(literal);
            }
        }
    }

    private void AddSelfContradiction(int package, int dependency, ClauseKind kind)
    {
        if (kind != ClauseKind.Conflicts)
        {
            clauses.Add(kind, -package, 0, dependency);
        }
        else if (view.Options.ForbidSelfConflicts)
        {
            clauses.Add(ClauseKind.SelfConflict, -package, 0, dependency);
        }
    }
}

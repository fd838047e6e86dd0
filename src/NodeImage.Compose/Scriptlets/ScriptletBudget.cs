using NodeImage.Compose.Scriptlets.Shell;

namespace NodeImage.Compose.Scriptlets;

/// <summary>How much a scriptlet may still do, counted in characters that it reads, expands or writes: more than any honest one needs.</summary>
internal sealed class ScriptletBudget
{
    /// <summary>What it costs to make an expression ready.</summary>
    public const int ExpressionCost = 40 << 10;

    private const long Whole = 256L << 20;

    private long _left = Whole;

    /// <summary>Begins anew, for the next scriptlet.</summary>
    public void Renew() => _left = Whole;

    /// <summary>Takes what some work costs.</summary>
    /// <exception cref="UnsupportedScriptException">Nothing is left.</exception>
    public void Charge(long characters)
    {
        _left -= characters;
        if (_left < 0)
        {
            throw new UnsupportedScriptException("more work than any scriptlet does");
        }
    }
}

using System.Runtime.InteropServices;

namespace NodeImage.Compose.Scriptlets.Lua;

/// <summary>The memory of one Lua, which has an end: a single call could ask for all that the machine has.</summary>
internal sealed unsafe class LuaMemory
{
    private const long Limit = 256L << 20;

    private long _used;

    /// <summary>Whether the limit holds: for the script's own calls it does, for the host's it does not.</summary>
    public bool HasLimit { get; set; }

    /// <summary>Whether the script has asked for more than there is.</summary>
    public bool WasExceeded { get; private set; }

    /// <summary>Kept here for as long as Lua calls it.</summary>
    public KeraLua.LuaAlloc Allocate { get; }

    public LuaMemory() => Allocate = Reallocate;

    // lua_Alloc: for a new block, the old size is a kind of value and no size.
    private nint Reallocate(nint userData, nint block, nuint oldSize, nuint newSize)
    {
        var before = block == 0 ? 0 : (long)oldSize;
        if (newSize == 0)
        {
            NativeMemory.Free((void*)block);
            _used -= before;
            return 0;
        }

        if (HasLimit && (long)newSize > before && _used + (long)newSize - before > Limit)
        {
            WasExceeded = true;
            return 0;
        }

        var moved = (nint)NativeMemory.Realloc((void*)block, newSize);
        _used += (long)newSize - before;
        return moved;
    }
}

namespace NodeImage.Rpm.Solving;

/// <summary>
/// Merge sort, from the top down. It keeps the order of equal items, and orders that contradict themselves (a noarch package
/// compares as equal to either of two architectures that are not equal) give the same result on every run.
/// </summary>
internal static class StableSorter
{
    private const int StackLimit = 128;

    public static void Sort<T>(Span<T> items, Comparison<T> comparison)
        where T : unmanaged
    {
        if (items.Length < 2)
        {
            return;
        }

        Span<T> scratch = items.Length <= StackLimit ? stackalloc T[items.Length] : new T[items.Length];
        Sort(items, scratch, comparison);
    }

    private static void Sort<T>(Span<T> items, Span<T> scratch, Comparison<T> comparison)
    {
        if (items.Length < 2)
        {
            return;
        }

        var half = items.Length / 2;
        var left = items[..half];
        var right = items[half..];
        Sort(left, scratch, comparison);
        Sort(right, scratch, comparison);
        int l = 0, r = 0, count = 0;
        while (l < left.Length && r < right.Length)
        {
            scratch[count++] = comparison(left[l], right[r]) <= 0 ? left[l++] : right[r++];
        }

        // What is left of the right half stands where it belongs.
        left[l..].CopyTo(scratch[count..]);
        scratch[..(count + left.Length - l)].CopyTo(items);
    }
}

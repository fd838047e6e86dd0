namespace NodeImage.Compose.SystemDatabases.LibraryCache;

/// <summary>What the names of files tell about libraries: <c>elf/dl-is_dso.h</c> and <c>elf/dl-cache.c</c> of glibc.</summary>
internal static class LibraryNames
{
    /// <summary>Whether a file's name is that of a shared library or of a dynamic linker.</summary>
    public static bool IsLibrary(string name) =>
        ((name.StartsWith("lib", StringComparison.Ordinal) || name.StartsWith("ld-", StringComparison.Ordinal)) && name.Contains(".so", StringComparison.Ordinal))
        || name.StartsWith("ld.so.", StringComparison.Ordinal)
        || name.StartsWith("ld64.so.", StringComparison.Ordinal);

    /// <summary>Whether a file's name is that of a dynamic linker.</summary>
    public static bool IsDynamicLinker(string name) => IsLibrary(name) && !name.StartsWith("lib", StringComparison.Ordinal);

    /// <summary>Whether a file is one that prelink is writing.</summary>
    public static bool IsPrelinkTemporary(string name) =>
        name.EndsWith(".#prelink#", StringComparison.Ordinal)
        || (name.Length >= 17 && name.AsSpan(name.Length - 17).StartsWith(".#prelink#.", StringComparison.Ordinal));

    /// <summary>Whether a file is one that a package manager is writing.</summary>
    public static bool IsPackageTemporary(string name) =>
        name.Contains(';', StringComparison.Ordinal)
        || name.EndsWith(".dpkg-new", StringComparison.Ordinal)
        || name.EndsWith(".dpkg-tmp", StringComparison.Ordinal);

    /// <summary>Compares names as versions: numbers in them by value. The cache is sorted so, and searched by the same rule.</summary>
    /// <param name="a">A name in UTF-8.</param>
    /// <param name="b">Another.</param>
    /// <param name="signed">Whether the machine's <c>char</c> has a sign, as on x86.</param>
    /// <returns>Less than, equal to or greater than 0; names that differ only in leading zeros are equal.</returns>
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, bool signed)
    {
        var (i, j) = (0, 0);
        while (i < a.Length)
        {
            var (isDigit, otherIsDigit) = (IsDigit(a, i), IsDigit(b, j));
            if (isDigit && otherIsDigit)
            {
                var (x, y) = (ReadNumber(a, ref i), ReadNumber(b, ref j));
                if (x != y)
                {
                    return unchecked(x - y);
                }
            }
            else if (isDigit || otherIsDigit)
            {
                return isDigit ? 1 : -1;
            }
            else if (j >= b.Length || a[i] != b[j])
            {
                return Value(a, i, signed) - Value(b, j, signed);
            }
            else
            {
                i++;
                j++;
            }
        }

        return -Value(b, j, signed);
    }

    private static bool IsDigit(ReadOnlySpan<byte> text, int index) => index < text.Length && char.IsAsciiDigit((char)text[index]);

    private static int Value(ReadOnlySpan<byte> text, int index, bool signed) =>
        index >= text.Length ? 0 : signed ? (sbyte)text[index] : text[index];

    // Overflows as the C code does.
    private static int ReadNumber(ReadOnlySpan<byte> text, ref int index)
    {
        var value = 0;
        while (IsDigit(text, index))
        {
            value = unchecked((value * 10) + text[index++] - '0');
        }

        return value;
    }
}

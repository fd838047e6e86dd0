using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NodeImage.Core.Compression.Zstd;

/// <summary>
/// The system's own zstd library, where it has one: twice as fast as a managed decoder, and at once, with nothing to be
/// compiled first. Functions and constants are those of <c>zstd.h</c>, stable since 1.4.
/// </summary>
internal static partial class NativeZstd
{
    private const string Library = "libzstd.so.1";
    private const uint OldestVersion = 10_400;

    private static readonly Lazy<bool> Available = new(IsLibraryThere);

    /// <summary>Whether there is such a library, and it is not too old.</summary>
    public static bool IsAvailable => Available.Value;

    [LibraryImport(Library, EntryPoint = "ZSTD_createDStream")]
    public static partial DecoderHandle CreateDecoder();

    [LibraryImport(Library, EntryPoint = "ZSTD_DCtx_setParameter")]
    public static partial nuint SetParameter(DecoderHandle decoder, int parameter, int value);

    [LibraryImport(Library, EntryPoint = "ZSTD_decompressStream")]
    public static partial nuint Decompress(DecoderHandle decoder, ref Buffer output, ref Buffer input);

    [LibraryImport(Library, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "ZSTD_versionNumber")]
    private static partial uint VersionNumber();

    [LibraryImport(Library, EntryPoint = "ZSTD_freeDStream")]
    private static partial nuint FreeDecoder(nint decoder);

    private static bool IsLibraryThere() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Library, typeof(NativeZstd).Assembly, DllImportSearchPath.SafeDirectories, out _) && VersionNumber() >= OldestVersion;

    /// <summary><c>ZSTD_inBuffer</c> and <c>ZSTD_outBuffer</c>, which are laid out alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Buffer
    {
        public byte* Bytes;
        public nuint Size;
        public nuint Position;
    }

    /// <summary>A <c>ZSTD_DStream</c>.</summary>
    public sealed class DecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            _ = FreeDecoder(handle);
            return true;
        }
    }
}

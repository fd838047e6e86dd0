using NodeImage.Rpm.Packages;

namespace NodeImage.Rpm.Database;

/// <summary>Makes the header of an installed package: that of the package file, and what rpm adds when it installs one.</summary>
public static class InstalledHeader
{
    /// <summary>Makes the header of an installed package.</summary>
    /// <param name="package">The package file.</param>
    /// <param name="record">What is noted of the installation.</param>
    /// <returns>The header, byte for byte what rpm 4.18 stores, save that signature entries of the package format 6 are kept
    /// as well, as rpm 6 does.</returns>
    /// <exception cref="Core.Diagnostics.DiagnosticException">NI2304: the file list is malformed. NI2404: the signature header has what
    /// rpm refuses.</exception>
    /// <exception cref="ArgumentException">There is not one file state for each file.</exception>
    public static RpmHeader Make(RpmPackageFile package, InstallationRecord record)
    {
        var additions = new HeaderAdditions();
        SignatureTranslation.Add(package, additions);
        LegacyHeader.Retrofit(package.Info, additions);
        AddPrefixes(package.Header, additions);
        AddFileStates(package.Info.Files.Count, record.FileStates, additions);
        additions.Add(RpmTag.InstallTid, record.Transaction);
        additions.Add(RpmTag.InstallTime, record.Time);
        additions.Add(RpmTag.InstallColor, record.Color);
        return RpmHeader.Parse(Write(package.Header, additions), RpmHeaderKind.Installed, package.Source);
    }

    // A package that could have been moved notes that it was not.
    private static void AddPrefixes(RpmHeader header, HeaderAdditions additions)
    {
        if (header.TryFind(RpmTag.Prefixes, out var prefixes) && !header.Contains(RpmTag.InstPrefixes))
        {
            additions.Add(RpmTag.InstPrefixes, prefixes.Type, prefixes.Count, header.GetData(prefixes).ToArray());
        }
    }

    private static void AddFileStates(int files, IReadOnlyList<RpmFileState>? states, HeaderAdditions additions)
    {
        if (states is not null && states.Count != files)
        {
            throw new ArgumentException($"There are {states.Count} states for {files} files.", nameof(states));
        }

        if (files > 0)
        {
            var bytes = new byte[files];
            for (var i = 0; i < files && states is not null; i++)
            {
                bytes[i] = (byte)states[i];
            }

            additions.Add(RpmTag.FileStates, RpmTagType.Char, files, bytes);
        }
    }

    private static byte[] Write(RpmHeader header, HeaderAdditions additions)
    {
        if (header.Region == 0)
        {
            var (index, data) = LegacyHeader.MakeRegion(header);
            return additions.Write(index, data);
        }

        var indexLength = header.RegionCount * RpmHeaderLimits.EntrySize;
        return additions.Write(header.Blob.Span.Slice(RpmHeaderLimits.IntroSize, indexLength), header.Data[..header.RegionLength]);
    }
}

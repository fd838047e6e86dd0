using NodeImage.Fixtures.Specs;

namespace NodeImage.Fixtures.Tests.Specs;

public sealed class LicenseReaderTests
{
    private static readonly LicenseReader Reader = new(["GPL-2+ GPL-2.0-or-later", "Expat MIT"], ["odd Sleepycat"]);

    [Theory]
    [InlineData("GPL-2+", "GPL-2.0-or-later")]
    [InlineData("GPL-2+ or Expat", "GPL-2.0-or-later OR MIT")]
    [InlineData("GPL-2+, and Expat", "GPL-2.0-or-later AND MIT")]
    [InlineData("GPL-2+ with OpenSSL exception", "GPL-2.0-or-later")]
    [InlineData("Some licence", "LicenseRef-Some-licence")]
    public void The_main_files_licence_is_read(string debian, string spdx) =>
        Assert.Equal(spdx, Reader.Read("any", $"Format: x\n\nFiles: debian/*\nLicense: Other\n\nFiles: *\nCopyright: me\nLicense: {debian}\n text\n"));

    [Fact]
    public void Prose_is_searched_for_the_common_licences() =>
        Assert.Equal("LGPL-2.1-or-later", Reader.Read("any", "You may use version 2.1 or any later version, see /usr/share/common-licenses/LGPL-2.1."));

    [Fact]
    public void The_table_wins_over_the_file() => Assert.Equal("Sleepycat", Reader.Read("odd", "Format: x\n\nFiles: *\nLicense: Expat\n"));

    [Fact]
    public void Without_a_file_the_licence_is_unknown() => Assert.StartsWith("LicenseRef-", Reader.Read("any", null), StringComparison.Ordinal);
}

using System.Text;
using NodeImage.Fixtures.Specs;

namespace NodeImage.Fixtures.Tests.Specs;

public sealed class ChangelogTests
{
    private const string Debian = """
        hello (1:2.0-1) unstable; urgency=medium

          * New 100% better version
            in two lines

         -- A Person <a@example.invalid>  Tue, 03 Mar 2026 10:00:00 +0100

        hello (1.0-2) unstable; urgency=low

          [ B Person ]
          * Fix.

         -- B Person <b@example.invalid>  Mon, 02 Mar 2026 23:30:00 -0500

        hello (1.0-1) unstable; urgency=low

          * First.

         -- B Person <b@example.invalid>  Thu, 01 Jan 2026 00:00:00 +0000
        """;

    [Fact]
    public void Entries_bear_the_day_the_author_and_the_version_of_the_RPM()
    {
        var text = Write(Debian);

        Assert.Contains("* Tue Mar 03 2026 A Person <a@example.invalid> - 1:2.0-1\n- New 100%% better version\n  in two lines\n", text, StringComparison.Ordinal);
        Assert.Contains("* Thu Jan 01 2026 B Person <b@example.invalid> - 1.0-1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_bears_the_time_of_the_newest_entry() =>
        Assert.Equal(
            new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero),
            Changelog.Read(new StringReader(Debian)).Time.ToUniversalTime());

    [Fact]
    public void An_entry_newer_than_the_one_before_it_is_left_out()
    {
        var text = Write(Debian.Replace("Thu, 01 Jan 2026", "Fri, 01 May 2026", StringComparison.Ordinal));

        Assert.DoesNotContain("May", text, StringComparison.Ordinal);
        Assert.Contains("Mar 03", text, StringComparison.Ordinal);
    }

    private static string Write(string debian)
    {
        var spec = new StringBuilder();
        Changelog.Read(new StringReader(debian)).Write(spec);
        return spec.ToString();
    }
}

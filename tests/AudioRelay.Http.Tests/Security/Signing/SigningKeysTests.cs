using System.Runtime.Versioning;
using AudioRelay.Http.Security.Signing;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Http.Tests.Security.Signing;

public sealed class SigningKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly LinesLogged _logs = new();

    public void Dispose() => _folder.Dispose();

    private string Keys => _folder.File("keys");

    private SigningKeys Start() => new(new KeyFolder(Keys, _logs), _time);

    [Fact]
    public void What_was_signed_opens_after_a_restart_and_for_its_purpose_only()
    {
        var text = Start().Sign("this", [1, 2, 3]);

        Assert.Equal([1, 2, 3], Start().Open("this", text));
        Assert.Null(Start().Open("that", text));
        Assert.Null(new SigningKeys(null, _time).Open("this", text));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Only_the_owner_reads_a_key_also_when_its_folder_was_open_before()
    {
        Directory.CreateDirectory(Keys, (UnixFileMode)0x1FF);

        Start().Sign("this", [1]);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Keys));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Keys))));
    }

    [Fact]
    public void A_new_key_signs_after_ninety_days_and_the_old_one_opens_forty_more()
    {
        var keys = Start();
        var old = keys.Sign("this", [1]);
        _time.Advance(TimeSpan.FromDays(90));
        var young = keys.Sign("this", [1]);

        Assert.NotEqual(old.Split('.')[0], young.Split('.')[0]);
        Assert.NotNull(keys.Open("this", old));
        _time.Advance(TimeSpan.FromDays(40));
        Assert.Null(keys.Open("this", old));
        Assert.NotNull(keys.Open("this", young));
        _time.Advance(TimeSpan.FromDays(50));
        keys.Sign("this", [1]);
        Assert.Equal(2, Directory.GetFiles(Keys).Length); // the first is gone
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("000000000000.AAAA.AAAA")]
    [InlineData("000000000000.%%.ä")]
    public void What_nobody_signed_does_not_open(string text) => Assert.Null(Start().Open("this", text));

    [Fact]
    public void Files_that_are_no_keys_are_told_about_and_left_alone()
    {
        Directory.CreateDirectory(Keys);
        File.WriteAllText(Path.Combine(Keys, "0123456789ab.key"), "too short");
        File.WriteAllText(Path.Combine(Keys, "notes.key"), new string('x', 32));

        var keys = Start();

        Assert.NotNull(keys.Open("this", keys.Sign("this", [7])));
        Assert.Equal(2, _logs.Lines.Count);
        Assert.Equal("too short", File.ReadAllText(Path.Combine(Keys, "0123456789ab.key")));
    }

    [Fact]
    public void Keys_that_cannot_be_kept_serve_until_the_end_and_that_is_said()
    {
        File.WriteAllText(Keys, "a file where the folder should be");

        var keys = Start();

        Assert.NotNull(keys.Open("this", keys.Sign("this", [7])));
        Assert.Contains(_logs.Lines, line => line.Contains("signs in again", StringComparison.Ordinal));
    }
}

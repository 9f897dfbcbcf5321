using AudioRelay.Storage;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Recorder;

/// <summary>When a station is dialled, doubted, hung up and dialled again.</summary>
public sealed class StationsOnManualTimeTests
{
    private static readonly StationScript Bursting = new() { BurstBytes = 65_536 };

    [Fact]
    public async Task A_station_is_on_the_line_only_while_somebody_listens()
    {
        // Noon plus 10 s to noon plus 40 s.
        await using var rig = new RecorderRig();
        var station = rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio", new DailyWindow(new TimeOnly(12, 0, 10), new TimeOnly(12, 0, 40))));
        await rig.Run(9);
        Assert.Equal(0, station.Dials);
        await rig.Run(20);
        Assert.Equal(1, rig.OpenConnections);
        await rig.Run(20);
        Assert.Equal(0, rig.OpenConnections);
        Assert.Equal(1, station.Dials);
        Assert.Equal(10, Assert.Single(rig.Dials).TotalSeconds, 0.01);
        await rig.Run(60);
        Assert.Equal(1, station.Dials);
    }

    [Fact]
    public async Task After_sound_the_first_redial_is_at_once_and_nothing_is_lost()
    {
        await using var rig = new RecorderRig();
        var station = rig.Air.Add("radio", Bursting with { Acts = [new Drop(TimeSpan.FromSeconds(90))] }, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(60);
        Assert.Equal(30, rig.Dials[1].TotalSeconds, 0.05);
        Assert.Equal(2, station.Dials);
        await rig.Stop();
        Assert.Single(await rig.Sections("news"));
        Unbroken(await rig.Places("news", station));
    }

    [Fact]
    public async Task Delays_double_with_jitter_while_no_sound_comes_and_the_trouble_is_journaled_once_for_each_cause()
    {
        await using var rig = new RecorderRig();
        var acts = new StationAct[]
        {
            new Drop(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(60), DownStatus: 404),
            new Drop(TimeSpan.FromSeconds(140), TimeSpan.FromSeconds(30)),
        };
        rig.Air.Add("radio", Bursting with { Acts = acts }, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(140);

        // Down from 20 to 110 s: the first redial at once, then 0.5, 1, 2, 4, 8, 10, 10 … seconds, of each up to a quarter less.
        var redials = rig.Dials.Skip(1).ToArray();
        Assert.Equal(20, redials[0].TotalSeconds, 0.05);
        double[] delays = [0.5, 1, 2, 4, 8, 10, 10, 10, 10];
        for (var i = 0; i < delays.Length; i++)
        {
            Assert.InRange((redials[i + 1] - redials[i]).TotalSeconds, (0.75 * delays[i]) - 0.01, delays[i] + 0.01);
        }

        Assert.InRange(redials[^1].TotalSeconds, 110, 120.1);
        Assert.Equal(
            [GapCause.Disconnected, GapCause.HttpStatus, GapCause.ConnectFailed],
            (await rig.Troubles("news")).Select(t => t.Cause)
        );
        Assert.Contains("404", (await rig.Troubles("news"))[1].Detail, StringComparison.Ordinal);
        await rig.Stop(); // the open segment is stored now, so that the gaps are those of the station alone
        Assert.Equal(redials[^1].TotalSeconds - 20, (await rig.Timeline("news")).Gaps.Sum(g => g.UntilUs - g.FromUs) / 1e6, 5.0);
    }

    [Fact]
    public async Task A_station_that_drops_us_all_the_time_is_not_hammered()
    {
        await using var rig = new RecorderRig();
        var acts = Enumerable.Range(1, 100).Select(i => new Drop(TimeSpan.FromSeconds(60 + (1.5 * i)))).ToArray();
        rig.Air.Add("radio", Bursting with { Acts = acts }, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(130);
        var dials = rig.Dials;
        Assert.True(dials.Count > 30, $"only {dials.Count} dials: this does not test the limit");
        Assert.All(dials, d => Assert.InRange(dials.Count(o => o >= d && o < d + TimeSpan.FromMinutes(1)), 1, 20));
    }

    [Fact]
    public async Task A_line_that_falls_silent_stays_while_a_second_is_dialled_and_one_of_them_goes()
    {
        await using var rig = new RecorderRig();
        var station = rig.Air.Add(
            "radio",
            Bursting with
            {
                Acts = [new Stall(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5))],
            },
            TimeSpan.FromMinutes(1)
        );
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(32);
        Assert.Equal(1, station.Dials);
        await rig.Run(2);
        Assert.Equal(2, station.Dials);
        Assert.InRange(rig.Dials[1].TotalSeconds, 32.9, 33.4);
        Assert.Equal(2, rig.OpenConnections);
        Assert.Contains("dialling a second line beside connection 1", rig.Logged("stations"), StringComparison.Ordinal);
        Assert.Contains("for news,", rig.Describe(), StringComparison.Ordinal);
        Assert.Matches(@"recording since \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \(section \d+\)", rig.Describe());
        await rig.Run(10);
        Assert.Equal(1, rig.OpenConnections);
        await rig.Run(20);
        Assert.Equal(2, station.Dials);
        await rig.Stop();
        Assert.Empty(await rig.Troubles("news") is { } troubles ? troubles.Where(t => t.Cause != GapCause.Stalled) : []);
        Unbroken(await rig.Places("news", station));
    }

    [Fact]
    public async Task Ten_seconds_without_bytes_are_silent()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add(
            "radio",
            Bursting with
            {
                Acts = [new Stall(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(25))],
            },
            TimeSpan.FromMinutes(1)
        );
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(45);
        var silent = Assert.Single(await rig.Troubles("news"), t => t.Cause == GapCause.Silent);
        Assert.Equal(30, (silent.FromUs - (rig.NowUs - 45_000_000)) / 1e6, 0.5); // since the last byte, not since we noticed
        await rig.Run(30);
        Assert.Equal(1, rig.OpenConnections);
    }

    [Fact]
    public async Task Bytes_that_are_no_sound_are_said_to_be_none()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", new StationScript { Source = new NoSource(), ContentType = "audio/mpeg" }, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(30);
        var trouble = Assert.Single(await rig.Troubles("news"));
        Assert.Equal(GapCause.NoAudio, trouble.Cause);
        Assert.All((await rig.Timeline("news")).Gaps, g => Assert.Equal(GapCause.NoAudio, g.Cause));
    }

    internal static void Unbroken(IReadOnlyList<long> places)
    {
        Assert.NotEmpty(places);
        Assert.Equal(Enumerable.Range(0, places.Count).Select(i => places[0] + i), places);
    }

    /// <summary>Text, as a station sends that is something else.</summary>
    private sealed class NoSource : IFrameSource
    {
        private readonly SyntheticSource _like = new();

        public Media.Framing.FrameFormat Format => _like.Format;

        public byte[] FrameAt(long index) => [.. Enumerable.Repeat((byte)'x', 400)];
    }
}

using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.TestKit.Stations;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Streams.Tests.Recorder;

/// <summary>Windows, clocks, retention, and shows that come, change and go.</summary>
public sealed class ShowsOnManualTimeTests
{
    private static readonly StationScript Bursting = new() { BurstBytes = 65_536 };

    [Fact]
    public async Task A_window_over_midnight_opens_and_closes_by_the_clock()
    {
        await using var rig = new RecorderRig(new DateTimeOffset(2026, 3, 1, 23, 59, 40, TimeSpan.Zero));
        var midnight = rig.NowUs + 20_000_000;
        var station = rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("night", "radio", new DailyWindow(new TimeOnly(23, 59, 50), new TimeOnly(0, 0, 15))));
        await rig.Run(60);
        var window = Assert.Single(await rig.Windows("night"));
        Assert.Equal(new WindowInfo(midnight - 10_000_000, midnight + 15_000_000), window);

        var section = Assert.Single(await rig.Sections("night"));
        Assert.Equal(EndCause.WindowEnd, section.End);
        Assert.InRange(section.EndUs, midnight + 14_500_000, midnight + 15_000_000);
        var journal = await rig.Journal("night");
        Assert.Equal("window_opened", journal[0].Kind);
        Assert.Equal(["section_closed", "window_closed"], journal.TakeLast(2).Select(e => e.Kind)); // in this order, whatever a crash leaves
        Whole(await rig.Timeline("night"));
        StationsOnManualTimeTests.Unbroken(await rig.Places("night", station));
    }

    [Fact]
    public async Task Outside_its_window_a_show_tells_once_until_when()
    {
        await using var rig = new RecorderRig(new DateTimeOffset(2026, 3, 1, 19, 0, 0, TimeSpan.Zero));
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("morning", "radio", new DailyWindow(new TimeOnly(5, 0), new TimeOnly(9, 30))));
        await rig.Run(120);
        Assert.Single(rig.System.Log("/recorder/shows/morning")!, line => line.Text == "nothing to record until 2026-03-02 05:00:00Z");
        Assert.Equal("outside its window until 2026-03-02 05:00:00Z", rig.System.Find("/recorder/shows/morning")!.State);
    }

    [Fact]
    public async Task A_window_of_equal_ends_is_all_day_and_a_stop_leaves_it_open()
    {
        await using var rig = new RecorderRig(new DateTimeOffset(2026, 3, 1, 23, 59, 50, TimeSpan.Zero));
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("always", "radio"));
        await rig.Run(20);
        await rig.Stop();
        Assert.Null(Assert.Single(await rig.Windows("always")).UntilUs);
        var section = Assert.Single(await rig.Sections("always"));
        Assert.Equal(EndCause.StoppedByUser, section.End);
        Assert.InRange(section.EndUs, rig.NowUs - 500_000, rig.NowUs + 500_000); // all that was heard is there
    }

    [Fact]
    public async Task A_show_that_is_changed_to_another_schedule_follows_it_at_once()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(10);
        await rig.Recorder.ChangeAsync(
            RecorderRig.Plan("news", "radio", new DailyWindow(new TimeOnly(18, 0), new TimeOnly(19, 0))),
            CancellationToken.None
        );
        await rig.Run(1);
        Assert.Equal(0, rig.OpenConnections);
        var first = Assert.Single(await rig.Windows("news"));
        Assert.Equal(10, (first.UntilUs!.Value - first.FromUs) / 1e6, 0.1); // closed now: the past stays as it was

        await rig.Recorder.ChangeAsync(RecorderRig.Plan("news", "radio"), CancellationToken.None);
        await rig.Run(10);
        var windows = await rig.Windows("news");
        Assert.Equal(2, windows.Count);
        Assert.Equal(first, windows[0]);
        Assert.Equal(1, (windows[1].FromUs - first.UntilUs.Value) / 1e6, 0.1); // nor was it wanted in between
        Assert.Equal(2, (await rig.Sections("news")).Count);
        Whole(await rig.Timeline("news"));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_clock_that_is_set_is_journaled_and_the_window_stays(int seconds)
    {
        // The stations of the test kit live by the wall clock, so none is on the air here.
        await using var rig = new RecorderRig();
        await rig.Start(RecorderRig.Plan("news", "nowhere"));
        await rig.Run(20);
        rig.Time.StepWallClock(TimeSpan.FromSeconds(seconds));
        await rig.Run(6);
        var step = Assert.Single(await rig.Troubles("news"), t => t.Cause == GapCause.ClockStep);
        Assert.Equal(Math.Abs(seconds), (step.UntilUs!.Value - step.FromUs) / 1e6, 5.1);
        Assert.Null(Assert.Single(await rig.Windows("news")).UntilUs);
        Whole(await rig.Timeline("news"));
    }

    [Fact]
    public async Task What_is_older_than_the_limit_is_removed_within_the_hour()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        var window = new DailyWindow(new TimeOnly(12, 0), new TimeOnly(12, 0, 20));
        await rig.Start(RecorderRig.Plan("news", "radio", window) with { Retention = TimeSpan.FromMinutes(20) });
        await rig.Run(19 * 60);
        Assert.Single(await rig.Sections("news"));
        await rig.Run(65 * 60);
        Assert.Empty(await rig.Sections("news"));
        Assert.Contains(await rig.Journal("news"), e => e.Body is SectionRemoved);
    }

    [Fact]
    public async Task A_show_whose_store_fails_is_opened_again_and_its_sibling_notices_nothing()
    {
        await using var rig = new RecorderRig();
        var station = rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("bad", "radio"), RecorderRig.Plan("good", "radio"));
        await rig.Run(20);
        Alter(rig.File("bad"), "create trigger broken before insert on segments begin select raise(abort, 'no'); end");
        await rig.Run(8);
        Assert.DoesNotContain(rig.Recorder.Shows, s => s.Plan.Name == "bad"); // its spool cannot be stored either, so it stays away
        Assert.Contains("failed: 1", rig.System.Find("/recorder/shows")!.State, StringComparison.Ordinal);
        Alter(rig.File("bad"), "drop trigger broken");
        await rig.Run(30);
        Assert.Equal(["bad", "good"], rig.Recorder.Shows.Select(s => s.Plan.Name));
        await rig.Stop();
        Assert.False(rig.System.FatalFault.IsCompleted);
        Assert.Single(await rig.Sections("good"));
        StationsOnManualTimeTests.Unbroken(await rig.Places("good", station));
        Whole(await rig.Timeline("bad"));
        var sections = await rig.Sections("bad");
        Assert.True(sections[^1].EndUs > rig.NowUs - 1_000_000, "it did not go on");
        var places = await rig.Places("bad", station);
        Assert.Equal(places.Distinct().Order(), places);
    }

    [Fact]
    public async Task A_failed_show_can_be_removed()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("bad", "radio"));
        await rig.Run(10);
        Alter(rig.File("bad"), "create trigger broken before insert on segments begin select raise(abort, 'no'); end");
        await rig.Run(8);
        await rig.Recorder.RemoveAsync("bad", CancellationToken.None);
        Alter(rig.File("bad"), "drop trigger broken");
        await rig.Run(20);
        Assert.Empty(rig.Recorder.Shows);
        await rig.Recorder.AddAsync(RecorderRig.Plan("bad", "radio"), CancellationToken.None); // nobody holds its lock
    }

    [Fact]
    public async Task Shows_come_change_and_go_while_twenty_others_lose_no_frame()
    {
        await using var rig = new RecorderRig();
        var quiet = new StationScript
        {
            BurstBytes = 16_384,
            BlockBytes = 4096,
            Source = new SyntheticSource { Kilobits = 64 },
        };
        var stations = Enumerable.Range(0, 10).Select(i => rig.Air.Add($"radio{i}", quiet, TimeSpan.FromMinutes(1))).ToArray();
        rig.Air.Add("guest", quiet, TimeSpan.FromMinutes(1));
        await rig.Start([.. Enumerable.Range(0, 20).Select(i => RecorderRig.Plan($"show{i}", $"radio{i / 2}"))]);
        await rig.Run(4);
        await rig.Recorder.AddAsync(RecorderRig.Plan("guest", "guest"), CancellationToken.None);
        await rig.Recorder.AddAsync(RecorderRig.Plan("shared", "radio0"), CancellationToken.None);
        await rig.Run(4);
        await rig.Recorder.ChangeAsync(RecorderRig.Plan("guest", "radio3"), CancellationToken.None); // another station
        await rig.Run(4);
        await rig.Recorder.RemoveAsync("guest", CancellationToken.None);
        await rig.Recorder.RemoveAsync("shared", CancellationToken.None);
        await rig.Run(4);
        await rig.Stop();

        for (var i = 0; i < 20; i++)
        {
            Assert.Single(await rig.Sections($"show{i}"));
            var places = await rig.Places($"show{i}", stations[i / 2]);
            StationsOnManualTimeTests.Unbroken(places);

            // From the burst (2 s at 64 kbit/s) to the stop.
            Assert.InRange(places.Count * 1152 / 44_100.0, 16.5, 19);
        }

        Assert.All(stations, s => Assert.Equal(1, s.Dials));
        Assert.All(["guest", "shared"], show => Assert.True(File.Exists(rig.File(show))));
        Assert.Equal(2, (await rig.Sections("guest")).Count);
        StationsOnManualTimeTests.Unbroken(await rig.Places("shared", stations[0]));
    }

    [Fact]
    public async Task A_start_that_fails_lets_go_of_every_lock()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await File.WriteAllTextAsync(
            rig.File("bad"),
            "this is no database, and long enough to be looked at",
            TestContext.Current.CancellationToken
        );
        var good = RecorderRig.Plan("good", "radio");
        var error = await Assert.ThrowsAsync<RecorderStartException>(() => rig.Start(good, RecorderRig.Plan("bad", "radio")));
        Assert.StartsWith("bad:", Assert.Single(error.Problems), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RecorderStartException>(() => rig.Start(good, RecorderRig.Plan("good", "radio"))); // twice the same
        await rig.Start(good);
        await rig.Run(5);
        await rig.Stop();
        Assert.Single(await rig.Sections("good"));
    }

    /// <summary>Coverage and gaps are the window, to the microsecond.</summary>
    private static void Whole(Storage.Timeline.ShowTimeline timeline)
    {
        var covered = timeline.Coverage.Sum(c =>
            timeline.Windows.Sum(w => Math.Max(0, Math.Min(c.UntilUs, w.UntilUs) - Math.Max(c.FromUs, w.FromUs)))
        );
        Assert.Equal(timeline.Windows.Sum(w => w.UntilUs - w.FromUs), covered + timeline.Gaps.Sum(g => g.UntilUs - g.FromUs));
    }

    private static void Alter(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=10");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Recorder;

/// <summary>Faults and people restart actors; what is recorded does not depend on which of them lives at the moment.</summary>
public sealed class RestartsTests
{
    private static readonly StationScript Bursting = new() { BurstBytes = 65_536 };

    [Fact]
    public async Task A_fault_in_the_capture_begins_a_new_section_in_every_show_of_the_station_and_disturbs_no_other()
    {
        await using var rig = new RecorderRig();
        rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        var other = rig.Air.Add("other", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("one", "radio"), RecorderRig.Plan("two", "radio"), RecorderRig.Plan("three", "other"));
        await rig.Run(20);
        rig.FailOnce(new InvalidOperationException("a bug"), "radio");
        await rig.Run(20);
        await rig.Stop();
        foreach (var show in new[] { "one", "two" })
        {
            var sections = await rig.Sections(show);
            Assert.Equal(2, sections.Count);
            Assert.Equal(EndCause.NotRunning, sections[0].End);
            Assert.True(sections[1].StartUs - sections[0].EndUs < 2_000_000, "more was lost than the fault lasted");
        }

        Assert.Single(await rig.Sections("three"));
        StationsOnManualTimeTests.Unbroken(await rig.Places("three", other));
    }

    [Theory]
    [InlineData("/recorder/shows/news", 1)]
    [InlineData("/recorder/shows", 1)]
    [InlineData("/recorder/stations", 2)] // the connection is gone with its actor
    [InlineData("/recorder", 2)]
    public async Task Whoever_is_restarted_the_show_goes_on(string path, int sections)
    {
        await using var rig = new RecorderRig();
        var station = rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(20);
        for (var again = 0; again < 3; again++)
        {
            Assert.True(rig.System.Restart(path));
            await rig.Settle();
        }

        await rig.Run(20);
        Assert.Equal(["news"], rig.Recorder.Shows.Select(s => s.Plan.Name));
        await rig.Recorder.ChangeAsync(RecorderRig.Plan("news", "radio") with { Retention = null }, CancellationToken.None);
        await rig.Stop();

        var recorded = await rig.Sections("news");
        Assert.InRange(recorded.Count, 1, sections + 2);
        Assert.True(recorded[^1].EndUs > rig.NowUs - 1_000_000, "the show did not go on");
        Assert.Single((await rig.Journal("news")).Select(e => e.Body).OfType<WindowOpened>());
        var places = await rig.Places("news", station);
        Assert.Equal(places.Distinct().Order(), places); // nothing twice
        if (sections == 1)
        {
            Assert.Single(recorded);
            StationsOnManualTimeTests.Unbroken(places);
            Assert.Equal(1, station.Dials);
        }
    }

    [Fact]
    public async Task A_trouble_is_not_journaled_again_by_a_restarted_show()
    {
        await using var rig = new RecorderRig();
        await rig.Start(RecorderRig.Plan("news", "nowhere"));
        await rig.Run(5);
        Assert.True(rig.System.Restart("/recorder/shows/news"));
        await rig.Run(5);
        Assert.Equal(GapCause.ConnectFailed, Assert.Single(await rig.Troubles("news")).Cause);
        Assert.Single((await rig.Journal("news")).Select(e => e.Body).OfType<WindowOpened>());
    }

    [Fact]
    public async Task A_dialler_that_breaks_in_a_new_way_each_time_ends_nothing()
    {
        await using var rig = new RecorderRig();
        var dials = 0;
        rig.Dialler = (_, _) =>
        {
            Interlocked.Increment(ref dials);
            throw new InvalidOperationException("never seen before");
        };
        await rig.Start(RecorderRig.Plan("news", "nowhere"));
        await rig.Run(200); // longer than the budget of restarts lasts
        var before = Volatile.Read(ref dials);
        await rig.Run(120);
        Assert.True(Volatile.Read(ref dials) > before, "it gave up");
        Assert.False(rig.System.FatalFault.IsCompleted);
    }

    [Fact]
    public async Task An_answer_that_comes_when_nobody_wants_it_any_more_is_closed()
    {
        await using var rig = new RecorderRig();
        var dialled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<StationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var body = new ClosableStream();
        rig.Dialler = (_, _) =>
        {
            dialled.TrySetResult();
            return answer.Task; // takes no notice of its token
        };
        await rig.Start(RecorderRig.Plan("news", "radio"));
        await rig.Run(1);
        await dialled.Task.WaitAsync(TestKit.Time.Guard.Limit);
        var removing = rig.Recorder.RemoveAsync("news", CancellationToken.None);
        await rig.Passing(removing);
        answer.SetResult(new StationAnswer(body, StationContent.Mp3, 0, null, null, new Uri("http://radio/")));
        await body.Closed.WaitAsync(TestKit.Time.Guard.Limit);
    }

    [Fact]
    public async Task After_a_death_two_shows_of_one_station_go_on_at_the_next_frame()
    {
        await using var rig = new RecorderRig();
        var station = rig.Air.Add("radio", Bursting, TimeSpan.FromMinutes(1));
        await rig.Start(RecorderRig.Plan("one", "radio"), RecorderRig.Plan("two", "radio"));
        await rig.Run(21.3);
        await rig.Die();
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        await rig.Start(RecorderRig.Plan("one", "radio"), RecorderRig.Plan("two", "radio"));
        await rig.Run(20);
        await rig.Stop();
        foreach (var show in new[] { "one", "two" })
        {
            Assert.Equal(2, (await rig.Sections(show)).Count);
            StationsOnManualTimeTests.Unbroken(await rig.Places(show, station));
        }

        Assert.Equal(2, station.Dials);
    }

    private sealed class ClosableStream : MemoryStream
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Closed => _closed.Task;

        protected override void Dispose(bool disposing)
        {
            _closed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}

using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture;

public sealed class RealStoreTests : IDisposable
{
    private const long Second = CaptureBench.Second;

    private readonly string _folder = Directory.CreateTempSubdirectory("audiorelay-capture-").FullName;

    private string Database => Path.Combine(_folder, "show.sqlite");

    private string Spool => Path.Combine(_folder, "show.spool");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Coverage_and_gaps_are_the_window_to_the_microsecond_and_every_gap_has_its_cause()
    {
        var script = new StationScript
        {
            Source = new SyntheticSource { Kilobits = 64 },
            BurstBytes = 30_000,
            Acts =
            [
                new Drop(TimeSpan.FromSeconds(40)),
                new Drop(TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(15)),
                new Pause(TimeSpan.FromSeconds(130), TimeSpan.FromSeconds(9)),
                new SwitchSource(TimeSpan.FromSeconds(250), new SyntheticSource { Rate = 48_000, Kilobits = 64 }),
            ],
        };
        var station = new ScriptedStation(script, CaptureBench.StartUs);
        var window = new UtcRange(CaptureBench.StartUs, CaptureBench.StartUs + (300 * Second));
        using (var store = Open())
        {
            store.Commit(new StoreBatch().Add(window.FromUs, new WindowOpened(window.FromUs)));
            var bench = new CaptureBench();
            using var spool = new FileSpool(Spool);
            Attach(bench, store, spool, null);
            bench.Play(station, 1, 300, redialSeconds: 0.5);
            bench.End(window.UntilUs);
            store.Commit(new StoreBatch().Add(window.UntilUs, new WindowClosed(window.UntilUs)));
        }

        await using var reader = SqliteShowReader.Open(Database);
        var timeline = await reader.TimelineAsync(window, TestContext.Current.CancellationToken);
        var covered = Intervals.Clip(timeline.Coverage, window);
        Assert.Equal(window.LengthUs, Intervals.TotalUs(covered) + timeline.Gaps.Sum(g => g.UntilUs - g.FromUs));
        var long_ = timeline.Gaps.Where(g => g.UntilUs - g.FromUs > Second).ToList();
        Assert.Equal([GapCause.Disconnected, GapCause.Stalled], long_.Select(g => g.Cause));
        Assert.InRange(long_[0].UntilUs - long_[0].FromUs, 11 * Second, 13 * Second);
        Assert.InRange(long_[1].UntilUs - long_[1].FromUs, 8_700_000, 9_300_000);
        Assert.DoesNotContain(
            timeline.Gaps,
            g => g.Cause == GapCause.NotRunning && g.FromUs > window.FromUs && g.UntilUs < window.UntilUs - Second
        );
    }

    [Fact]
    public async Task Killed_between_any_two_commits_the_file_goes_on_where_the_sound_was()
    {
        var station = new ScriptedStation(
            new StationScript
            {
                Source = new SyntheticSource { Kilobits = 64 },
                BurstBytes = 40_000,
            },
            CaptureBench.StartUs
        );
        var random = new Random(3);
        SpoolResume? resume = null;
        for (var at = 6.0; at < 120; )
        {
            using var store = Open();
            var recovered = SpoolRecovery.Recover(FileSpool.Read(Spool), store.LastSection, CaptureBench.StartUs + (long)(at * Second));
            if (!recovered.Batch.IsEmpty)
            {
                store.Commit(recovered.Batch);
            }

            resume = recovered.Resume;
            using var spool = new FileSpool(Spool);
            var bench = new CaptureBench(atUs: CaptureBench.StartUs + (long)(at * Second));
            Attach(bench, store, spool, resume);
            var until = at + 3 + (random.NextDouble() * 12);
            bench.Play(station, at, until);
            at = until + 0.3 + random.NextDouble();
        }

        using (var store = Open())
        {
            store.Commit(SpoolRecovery.Recover(FileSpool.Read(Spool), store.LastSection, CaptureBench.StartUs).Batch);
        }

        await using var reader = SqliteShowReader.Open(Database);
        var cancel = TestContext.Current.CancellationToken;
        var segments = await reader.SegmentsAsync(new SegmentQuery(), cancel);
        var frames = new List<byte[]>();
        foreach (var segment in segments)
        {
            var read = Assert.Single(await reader.ReadSegmentsAsync(segment.Id, segment.Id, 1, long.MaxValue, cancel));
            frames.AddRange(CaptureBench.Frames(read.Data));
        }

        var aired = CaptureBench.Aired(station, 140);
        var indexes = frames.Select(f => aired[FrameHash.Of(f)].Index).ToList();
        Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => indexes[0] + i), indexes);
        Assert.True(frames.Count > 110 * 44_100 / 1152);
    }

    private ShowStore Open() => ShowStore.Open(Database, new ShowSettings("show", "copy", 0, 0), new Random(1));

    private static void Attach(CaptureBench bench, ShowStore store, FileSpool spool, SpoolResume? resume)
    {
        var show = CaptureGraph.Show(
            new ShowCaptureOptions { Name = "show", Format = StoredFormat.Copy },
            new CodecCatalog(),
            new StoreSink(store),
            spool,
            new ShowPosition(store.LastSection?.Id ?? 0, store.CoveredUntilUs),
            resume
        );
        bench.Attach(show);
    }
}

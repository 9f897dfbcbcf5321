using System.Security.Cryptography;
using System.Text.Json;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Kills;

/// <summary>One station, one recorder of three shows that is killed again and again, and what is known of it.</summary>
internal sealed class KillLane : IAsyncDisposable
{
    private static readonly string[] Shows = ["copied", "opus", "wav"];

    private readonly IFrameSource _source;
    private readonly long _frames;
    private readonly SocketStation _station;
    private readonly TempConfig _config;
    private readonly int _count;
    private readonly Random _chance;
    private readonly Dictionary<string, SortedDictionary<long, string>> _acknowledged = Shows.ToDictionary(
        show => show,
        _ => new SortedDictionary<long, string>()
    );

    public KillLane(int number, IFrameSource source, long frames, int burstBytes, int count)
    {
        Number = number;
        _source = source;
        _frames = frames;
        _count = count;
        _chance = new Random(number + 1);
        _station = new SocketStation(
            new StationScript
            {
                Source = source,
                BurstBytes = burstBytes,
                BlockBytes = 0,
            },
            TimeProvider.System,
            TimeSpan.FromSeconds(15)
        );
        _config = new TempConfig([
            new ShowLines("copied", _station.Address, "copy"),
            new ShowLines("opus", _station.Address, "opus"),
            new ShowLines("wav", _station.Address, "wav"),
        ]);
    }

    public int Number { get; }

    public List<Kill> Kills { get; } = [];

    /// <summary>How much longer the program's mere start takes than on a quiet machine, at least 1: others may be using the cores.</summary>
    public double Slowness { get; private set; } = 1;

    /// <summary>How many acknowledged segments were compared after a kill.</summary>
    public int Checked { get; private set; }

    public async Task Run()
    {
        var seqs = Shows.ToDictionary(show => show, _ => 0L);
        TimeSpan? recordingAgain = null;
        for (var kill = 0; kill < _count; kill++)
        {
            await MeasureSlowness();
            await using (var recorder = await RecorderRun.Start(_config))
            {
                recordingAgain = await SectionsOpened(recorder, seqs);
                Again(recordingAgain.Value);
                using var over = new CancellationTokenSource();
                var collecting = Collect(recorder, over.Token);
                await Task.Delay(TimeSpan.FromSeconds(0.3 + (_chance.NextDouble() * 1.7)), TimeProvider.System, CancellationToken.None);
                var at = NowUs;
                await recorder.Kill();
                await over.CancelAsync();
                await collecting;
                Kills.Add(new Kill(at, TimeSpan.Zero));
            }

            foreach (var show in Shows)
            {
                seqs[show] = Check(show);
            }
        }

        await MeasureSlowness();
        await using var last = await RecorderRun.Start(_config);
        Again(await SectionsOpened(last, seqs));
        await CompareWithStation(last);
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _config.Dispose();
    }

    private static long NowUs => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task MeasureSlowness()
    {
        var start = TimeProvider.System.GetTimestamp();
        await AudioRelayProcess.Run(_config.Home, ["--version"]);
        Slowness = Math.Max(Slowness, TimeProvider.System.GetElapsedTime(start).TotalSeconds / 0.3);
    }

    private void Again(TimeSpan took)
    {
        if (Kills.Count > 0)
        {
            Kills[^1] = Kills[^1] with { RecordingAgain = took };
        }
    }

    /// <summary>Waits until every show has a section that this process began.</summary>
    private static async Task<TimeSpan> SectionsOpened(RecorderRun recorder, Dictionary<string, long> after)
    {
        List<string> waiting = [.. Shows];
        while (true)
        {
            var next = recorder.Commits.Next;
            foreach (var show in waiting.ToArray())
            {
                var journal = await recorder.Json($"/api/sync/shows/{show}/journal?after={after[show]}");
                if (journal.GetProperty("entries").EnumerateArray().Any(e => e.GetProperty("kind").GetString() == "section_opened"))
                {
                    waiting.Remove(show);
                }
            }

            if (waiting.Count == 0)
            {
                return TimeProvider.System.GetElapsedTime(recorder.Process.Started);
            }

            await next;
        }
    }

    /// <summary>Fetches what is committed, as a receiver does, until the recorder is killed.</summary>
    private async Task Collect(RecorderRun recorder, CancellationToken over)
    {
        try
        {
            while (!over.IsCancellationRequested)
            {
                var next = recorder.Commits.Next;
                foreach (var show in Shows)
                {
                    await Fetch(recorder, show, over);
                }

                await next.WaitAsync(over);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // Killed while it answered: what it had not answered yet was not acknowledged.
        }
    }

    private async Task Fetch(RecorderRun recorder, string show, CancellationToken over)
    {
        var known = _acknowledged[show];
        var from = known.Count == 0 ? 1 : known.Keys.Last() + 1;
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"/api/sync/shows/{show}/segments?start_id={from}&end_id={long.MaxValue}", UriKind.Relative)
        );
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await recorder.Http.SendAsync(request, over);
        response.EnsureSuccessStatusCode();
        using var segments = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(over));
        foreach (var segment in segments.RootElement.EnumerateArray())
        {
            var data = segment.GetProperty("audio_data").GetBytesFromBase64();
            known.Add(segment.GetProperty("id").GetInt64(), Convert.ToHexString(SHA256.HashData(data)));
        }
    }

    /// <summary>After a kill: the file is whole, and what was acknowledged is in it byte for byte.</summary>
    private long Check(string show)
    {
        using var file = new StoredShow(_config.Database(show));
        Assert.Equal("ok", file.Integrity);
        var stored = file.Segments.ToDictionary(s => s.Id, s => Convert.ToHexString(SHA256.HashData(s.Data)));
        foreach (var (id, hash) in _acknowledged[show])
        {
            Assert.True(stored.TryGetValue(id, out var there), $"segment {id} of {show} was acknowledged and is gone");
            Assert.True(there == hash, $"segment {id} of {show} has other bytes than were acknowledged");
        }

        Checked += _acknowledged[show].Count;
        return file.JournalSeq;
    }

    private async Task CompareWithStation(RecorderRun recorder)
    {
        var timelines = new Dictionary<string, JsonElement>();
        foreach (var show in Shows)
        {
            timelines[show] = await recorder.Timeline(show);
        }

        Assert.Equal(0, await recorder.Stop());
        using var copied = new StoredShow(_config.Database("copied"));
        var stored = new FrameIndex(_source, _frames).Of(copied.Segments);
        Assert.DoesNotContain(-1, stored);
        for (var i = 1; i < stored.Count; i++)
        {
            Assert.True(stored[i] > stored[i - 1], $"frame {stored[i]} is stored behind frame {stored[i - 1]}");
        }

        var gaps = GapsBetweenSound(timelines["copied"]);
        var holes = Enumerable.Range(1, stored.Count - 1).Where(i => stored[i] != stored[i - 1] + 1).ToArray();
        Assert.True(holes.Length == gaps.Count, $"{holes.Length} holes, but these gaps: {timelines["copied"].GetProperty("gaps")}");
        for (var hole = 0; hole < holes.Length; hole++)
        {
            var (before, after) = (stored[holes[hole] - 1], stored[holes[hole]]);
            var missing = Seconds(after - before - 1);
            var gap = gaps[hole];
            Assert.Equal("not_running", gap.GetProperty("cause").GetString());
            Assert.Equal(missing, (gap.GetProperty("to_ms").GetInt64() - gap.GetProperty("from_ms").GetInt64()) / 1000.0, 0.3);
            Blame(before, missing);
        }

        foreach (var show in Shows[1..])
        {
            var theirs = GapsBetweenSound(timelines[show]);
            Assert.True(
                Unpaired(theirs, gaps).Concat(Unpaired(gaps, theirs)).All(gap => Length([gap]) <= KillTests.MostLost.TotalSeconds),
                $"the gaps of {show}: {timelines[show].GetProperty("gaps")}, but of the copy: {timelines["copied"].GetProperty("gaps")}"
            );
            using var file = new StoredShow(_config.Database(show));
            // Where nothing is missing the others hold the same sound. Where something is, each has what was in its own spool when it was
            // killed, and its gap is longer or shorter by as much. At the end the shows are told to stop one after the other: 0.3 s.
            var sound = file.Sections.Sum(s => s.Seconds);
            Assert.Equal(Seconds(stored.Count) + Length(gaps), sound + Length(theirs), 0.3 + (0.013 * gaps.Count));
            Assert.Equal(Seconds(stored.Count), sound, 0.3 + (gaps.Count * KillTests.MostLost.TotalSeconds));
        }
    }

    /// <summary>
    /// Gaps that the other show has not, within half a second. Kills are seconds apart, so there are none but where a kill cost one of the shows no
    /// frame, and the other, which has frames and a spool of its own, something: no more than any kill may cost.
    /// </summary>
    private static IEnumerable<JsonElement> Unpaired(List<JsonElement> gaps, List<JsonElement> others) =>
        gaps.Where(gap =>
            !others.Exists(other => Math.Abs(other.GetProperty("to_ms").GetInt64() - gap.GetProperty("to_ms").GetInt64()) < 500)
        );

    private static double Length(List<JsonElement> gaps) =>
        gaps.Sum(gap => gap.GetProperty("to_ms").GetInt64() - gap.GetProperty("from_ms").GetInt64()) / 1000.0;

    /// <summary>
    /// Without the moment from the window's opening to the first sound ever, which no kill has caused, and without what is shorter than half a
    /// frame: a kill that cost no frame at all leaves a millisecond between two sections, each of which knows its time for itself.
    /// </summary>
    private static List<JsonElement> GapsBetweenSound(JsonElement timeline)
    {
        var first = timeline.GetProperty("sections").EnumerateArray().Min(s => s.GetProperty("from_ms").GetInt64());
        return
        [
            .. timeline
                .GetProperty("gaps")
                .EnumerateArray()
                .Where(g => g.GetProperty("from_ms").GetInt64() >= first)
                .Where(g => g.GetProperty("to_ms").GetInt64() - g.GetProperty("from_ms").GetInt64() >= 13),
        ];
    }

    /// <summary>The hole belongs to the first kill after its last frame went out.</summary>
    private void Blame(long lastStored, double missing)
    {
        var endedUs = _station.Station.StartUs + (Seconds(lastStored + 1) * 1e6);
        var kill = Kills.First(k => k.AtUs >= endedUs);
        kill.Missing = TimeSpan.FromSeconds(missing);
        kill.Lost = TimeSpan.FromMicroseconds(kill.AtUs - endedUs);
    }

    private double Seconds(long frames) => (double)frames * _source.Format.SamplesPerFrame / _source.Format.SampleRate;
}

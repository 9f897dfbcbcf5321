using AudioRelay.Media.Framing;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>
/// Everything that can happen, in any order: drops, pauses, stalls, garbage, another format, and the death of the process. The sink
/// checks the store's rules with every batch.
/// </summary>
public sealed class RandomLifeTests(ITestOutputHelper output)
{
    private const long Second = CaptureBench.Second;
    private const int Length = 240;

    private string _life = "";

    [Theory]
    [InlineData(StoredFormat.Copy, 80)]
    [InlineData(StoredFormat.Opus, 8)]
    public void Whatever_happens_no_frame_is_stored_twice_and_no_time_is_covered_twice(StoredFormat format, int lives)
    {
        lives *= Environment.GetEnvironmentVariable("AUDIORELAY_LONG") == "1" ? 25 : 1;
        var sections = 0;
        var splices = 0L;
        for (var seed = 0; seed < lives; seed++)
        {
            var (sink, spliced) = Live(format, new Random(seed));
            sections += sink.Sections.Count;
            splices += spliced;
            var hashes = new HashSet<ulong>();
            for (var i = 0; i < sink.Sections.Count; i++)
            {
                var section = sink.Sections[i];
                Assert.NotNull(section.Closed);
                Assert.True(i == 0 || section.Range.FromUs >= sink.Sections[i - 1].Range.UntilUs, $"seed {seed}: sections overlap");
                if (format == StoredFormat.Copy)
                {
                    var twice = CaptureBench.Frames(section.Bytes).Count(f => !hashes.Add(FrameHash.Of(f)));
                    Assert.True(twice == 0, $"seed {seed}, section {i}: {twice} frames twice\n{_life}");
                }
            }
        }

        output.WriteLine($"{lives} lives of {Length} s: {sections} sections, {splices} splices");
        Assert.True(splices > lives);
    }

    private (MemorySink Sink, long Splices) Live(StoredFormat format, Random random)
    {
        var station = new ScriptedStation(
            new StationScript
            {
                Source = new SyntheticSource(),
                Acts = Acts(random),
                BurstBytes = random.Next(4) * 40_000,
                MetaInterval = random.Next(2) * 8000,
                Jitter = TimeSpan.FromMilliseconds(random.Next(200)),
                Seed = random.Next(),
            },
            CaptureBench.StartUs
        );
        _life = $"burst {station.Script.BurstBytes} {string.Join(" | ", station.Script.Acts.Select(a => a.GetType().Name + " " + a))}";
        var sink = new MemorySink();
        var spool = new MemorySpool();
        var splices = 0L;
        for (var at = 1.0; at < Length; )
        {
            var nowUs = CaptureBench.StartUs + (long)(at * Second);
            var recovered = SpoolRecovery.Recover(spool.Bytes.ToArray(), sink.Sections.Count > 0 ? sink.Sections[^1].Info : null, nowUs);
            if (!recovered.Batch.IsEmpty)
            {
                sink.Store(recovered.Batch);
            }

            var bench = new CaptureBench(atUs: nowUs);
            var last = sink.Sections.Count > 0 ? sink.Sections[^1].Info : null;
            bench.Add(
                new ShowCaptureOptions
                {
                    Name = "show",
                    Format = format,
                    SplitInterval = TimeSpan.FromSeconds(random.Next(1, 8)),
                    SectionLimit = TimeSpan.FromSeconds(random.Next(20, 200)),
                    Complexity = 0,
                },
                spool,
                sink,
                new ShowPosition(last?.Id ?? 0, last?.EndUs),
                recovered.Resume
            );
            var until = Math.Min(Length, at + 5 + (random.NextDouble() * 90));
            bench.Play(station, at, until, random.NextDouble() * 6);
            if (until >= Length || random.Next(4) == 0)
            {
                bench.End(CaptureBench.StartUs + (long)(until * Second));
            }

            splices += bench.Station.Status.Splices;
            _life += $"\nalive {at:0.00} to {until:0.00}: {bench.Station.Status}";
            at = until + (random.NextDouble() * 4);
        }

        // A life that ended with a kill has its last words in the spool.
        var rest = SpoolRecovery.Recover(spool.Bytes.ToArray(), sink.Sections.Count > 0 ? sink.Sections[^1].Info : null, 0);
        if (!rest.Batch.IsEmpty)
        {
            sink.Store(rest.Batch);
        }

        return (sink, splices);
    }

    private static List<StationAct> Acts(Random random)
    {
        var acts = new List<StationAct>();
        for (var at = 5 + (random.NextDouble() * 10); at < Length; at += 3 + (random.NextDouble() * 25))
        {
            var when = TimeSpan.FromSeconds(at);
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            acts.Add(
                random.Next(7) switch
                {
                    0 or 1 => new Drop(when, TimeSpan.FromSeconds(random.NextDouble() * 3)),
                    2 => new Drop(when, TimeSpan.FromSeconds(random.Next(1, 70)), Reset: true),
                    3 => new Pause(when, TimeSpan.FromSeconds(random.NextDouble() * 12)),
                    4 => new Stall(when, TimeSpan.FromSeconds(random.NextDouble() * 12)),
                    5 => new Garbage(when, noise),
                    _ => new SwitchSource(
                        when,
                        new SyntheticSource { Rate = random.Next(2) == 0 ? 48_000 : 44_100, Seed = (ulong)random.Next() }
                    ),
                }
            );
        }

        return acts;
    }
}

using System.Text;
using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Media.Tests.TestKit;

public sealed class ScriptedStationTests
{
    private const long Start = 1_800_000_000_000_000;
    private const long Second = 1_000_000;
    private static readonly SyntheticSource Mp3 = new();
    private static readonly SyntheticSource Aac = new()
    {
        Codec = SourceCodec.Aac,
        Rate = 22_050,
        Kilobits = 48,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-100)]
    public void A_clock_error_shows_in_the_number_of_frames_of_an_hour(double ppm)
    {
        var station = new ScriptedStation(new StationScript { ClockPpm = ppm }, Start);
        var frames = station.Aired(Start, Start + (3600 * Second)).Count();
        Assert.Equal(3600 * 44_100 / 1152.0 * (1 + (ppm / 1e6)), frames, 1.0);
    }

    [Fact]
    public void What_a_listener_hears_is_what_was_on_the_air_with_the_burst_in_front()
    {
        var script = new StationScript { BurstBytes = 65_536 };
        var station = new ScriptedStation(script, Start);
        var chunks = Until(station.Dial(Start + (20 * Second)), Start + (30 * Second));
        var heard = Concat(chunks);
        var aired = station.Aired(Start, Start + (30 * Second)).SelectMany(f => f.Bytes).ToArray();

        Assert.Equal(Start + (20 * Second), chunks[0].AtUs);
        Assert.Equal(65_536, chunks[0].Bytes.Length);
        var at = aired.AsSpan().IndexOf(heard);
        Assert.True(at > 0, "heard is one stretch of what was aired");
        Assert.InRange(aired.Length - at - heard.Length, 0, 1400 + 418);
        Assert.All(chunks.Skip(1), c => Assert.InRange(c.Bytes.Length, 1400, 1400 + 418));
    }

    [Fact]
    public void Titles_come_when_they_begin_and_only_when_they_change()
    {
        var script = new StationScript
        {
            MetaInterval = 1000,
            BlockBytes = 0,
            Acts =
            [
                new Title(TimeSpan.FromSeconds(1), "one"),
                new Title(TimeSpan.FromSeconds(7), "it's;two"),
                new RawMetadata(TimeSpan.FromSeconds(8), [1, 2, 3]),
            ],
        };
        var heard = Concat(Until(new ScriptedStation(script, Start).Dial(Start), Start + (10 * Second)));
        var sink = new IcyList();
        new IcySplitter(1000, sink).Feed(heard);

        Assert.Equal(["", "one", "it's;two", null], sink.Titles.Select(t => t.Title));
        Assert.Equal(16_000, sink.Titles[1].At, 1500.0);
        Assert.Equal(7 * 16_000, sink.Titles[2].At, 1500.0);
    }

    [Fact]
    public void A_drop_ends_the_connection_and_keeps_others_out_for_a_while()
    {
        var script = new StationScript
        {
            Acts = [new Drop(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3), Reset: true, DownStatus: 503)],
        };
        var station = new ScriptedStation(script, Start);
        var last = station.Dial(Start).Chunks.Last();
        Assert.Equal(new StationChunk(Start + (5 * Second), default, StationEnd.Reset), last);
        Assert.StartsWith("HTTP/1.0 503", Encoding.ASCII.GetString(station.Dial(Start + (7 * Second)).Head), StringComparison.Ordinal);
        Assert.True(station.Dial(Start + (8 * Second)).IsOnAir);
        Assert.Equal(3, station.Dials);
    }

    [Fact]
    public void A_stall_delivers_late_and_a_pause_makes_nothing_but_neither_loses_a_frame()
    {
        var stall = new ScriptedStation(
            new StationScript { BlockBytes = 0, Acts = [new Stall(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3))] },
            Start
        );
        var stalled = Until(stall.Dial(Start), Start + (10 * Second));
        Assert.DoesNotContain(stalled, c => c.AtUs >= Start + (4 * Second) && c.AtUs < Start + (7 * Second));
        Assert.Equal(114, stalled.Count(c => c.AtUs == Start + (7 * Second)), 3.0);
        Assert.Equal(10 * 44_100 / 1152.0, stalled.Count, 2.0);

        var pause = new ScriptedStation(
            new StationScript { BlockBytes = 0, Acts = [new Pause(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3))] },
            Start
        );
        var aired = pause.Aired(Start, Start + (10 * Second)).ToList();
        Assert.Equal(7 * 44_100 / 1152.0, aired.Count, 2.0);
        Assert.Equal(Enumerable.Range(0, aired.Count).Select(i => (long)i), aired.Select(f => f.Index));
        Assert.DoesNotContain(aired, f => f.ReadyUs > Start + (4 * Second) && f.ReadyUs < Start + (7 * Second));
    }

    [Fact]
    public void Garbage_and_other_formats_come_where_the_script_says()
    {
        var garbage = new byte[5000];
        new Random(1).NextBytes(garbage);
        var script = new StationScript
        {
            Source = Mp3,
            StartsOnFrame = true,
            Acts =
            [
                new SwitchSource(TimeSpan.FromSeconds(4), Aac),
                new Garbage(TimeSpan.FromSeconds(2), garbage),
                new SwitchSource(TimeSpan.FromSeconds(6), Mp3),
            ],
        };
        var station = new ScriptedStation(script, Start);
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        splitter.Feed(Concat(Until(station.Dial(Start), Start + (8 * Second))));
        Assert.Equal([Mp3.Format, Aac.Format], list.Formats.Distinct());
        Assert.Equal(6 * 44_100 / 1152.0, list.Formats.Count(f => f == Mp3.Format), 5.0);
        Assert.Equal(2 * 22_050 / 1024.0, list.Formats.Count(f => f == Aac.Format), 2.0);
        Assert.InRange(splitter.SkippedBytes, 5000, 5000 + 418);
        // The first source goes on where it stopped.
        var indexes = station.Aired(Start, Start + (8 * Second)).Where(f => ReferenceEquals(f.Source, Mp3)).Select(f => f.Index).ToList();
        Assert.Equal(Enumerable.Range(0, indexes.Count).Select(i => (long)i), indexes);
    }

    [Fact]
    public void Pre_roll_and_re_encoding_differ_from_dial_to_dial()
    {
        byte[][] advert = [SyntheticFrames.Mp3(0, seed: 99), SyntheticFrames.Mp3(1, seed: 99)];
        var script = new StationScript
        {
            StartsOnFrame = true,
            BurstBytes = 10_000,
            PreRoll = dial => dial == 1 ? advert : [],
            Reencode = (dial, source) => (SyntheticSource)source with { Seed = (ulong)dial },
        };
        var station = new ScriptedStation(script, Start);
        var first = Concat([station.Dial(Start + Second).Chunks.First()]);
        var second = Concat([station.Dial(Start + Second).Chunks.First()]);
        Assert.Equal(advert.SelectMany(f => f), first[..(advert[0].Length + advert[1].Length)]);
        var own = first[(advert[0].Length + advert[1].Length)..];
        Assert.Equal(own.Length, second.Length);
        Assert.NotEqual(own, second);
    }

    [Fact]
    public void Acts_can_be_added_while_it_runs()
    {
        var station = new ScriptedStation(new StationScript { BlockBytes = 0 }, Start);
        using var listener = station.Dial(Start).Chunks.GetEnumerator();
        listener.MoveNext();
        station.Do(new SwitchSource(TimeSpan.FromSeconds(1), Aac));
        station.Do(new Drop(TimeSpan.FromSeconds(2)));
        List<StationChunk> rest = [];
        while (listener.MoveNext())
        {
            rest.Add(listener.Current);
        }

        Assert.Equal(StationEnd.Closed, rest[^1].End);
        Assert.Contains(rest, c => c.Bytes.Span.IndexOf(Aac.FrameAt(0)) == 0);
    }

    [Fact]
    public void The_same_script_and_seed_give_the_same_bytes_at_the_same_times()
    {
        var script = new StationScript
        {
            Jitter = TimeSpan.FromMilliseconds(300),
            Seed = 5,
            BurstBytes = 8192,
        };
        var a = Until(new ScriptedStation(script, Start).Dial(Start + (9 * Second)), Start + (15 * Second));
        var b = Until(new ScriptedStation(script, Start).Dial(Start + (9 * Second)), Start + (15 * Second));
        Assert.Equal(
            a.Select(c => (c.AtUs, Convert.ToHexString(c.Bytes.Span))),
            b.Select(c => (c.AtUs, Convert.ToHexString(c.Bytes.Span)))
        );
        Assert.Equal(a.OrderBy(c => c.AtUs), a);
    }

    [Fact]
    public void A_recording_replays_what_was_written()
    {
        var script = new StationScript
        {
            MetaInterval = 500,
            BurstBytes = 3000,
            Acts = [new Drop(TimeSpan.FromSeconds(3)), new Drop(TimeSpan.FromSeconds(6), Reset: true)],
        };
        var records = ByteRecording
            .Of(new ScriptedStation(script, Start), Start + Second, Start + (9 * Second), TimeSpan.FromSeconds(1))
            .ToList();
        using var file = new MemoryStream();
        ByteRecording.Write(file, records);
        file.Position = 0;
        var back = ByteRecording.Read(file).ToList();
        Assert.Equal(records.Select(Show), back.Select(Show));
        Assert.Equal(3, back.Count(r => r.Kind == RecordedKind.Dialled && r.MetaInterval == 500));
        Assert.Equal([RecordedKind.Closed, RecordedKind.Reset], back.Select(r => r.Kind).Where(k => k >= RecordedKind.Closed));

        file.SetLength(file.Length - 1);
        file.Position = 0;
        Assert.Throws<InvalidDataException>(() => ByteRecording.Read(file).Count());
    }

    private static string Show(RecordedBytes r) => $"{r.Kind} {r.AtUs} {Convert.ToHexString(r.Bytes.Span)}";

    private static List<StationChunk> Until(StationDial dial, long us) =>
        [.. dial.Chunks.TakeWhile(c => c.AtUs < us && c.End == StationEnd.None)];

    private static byte[] Concat(IEnumerable<StationChunk> chunks) => [.. chunks.SelectMany(c => c.Bytes.ToArray())];

    private sealed class IcyList : IIcySink
    {
        private int _audio;

        public List<(double At, string? Title)> Titles { get; } = [];

        public void OnAudio(ReadOnlySpan<byte> audio) => _audio += audio.Length;

        public void OnMetadata(ReadOnlySpan<byte> block) =>
            Titles.Add((_audio, IcyTitle.TryRead(block, null, out var title) ? title : null));
    }
}

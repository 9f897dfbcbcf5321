using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Capture.Spooling;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>A capture with its shows, fed with what a scripted station sends, as its actor would: ticks in between, unwanted lines closed.</summary>
internal sealed class CaptureBench
{
    public const long StartUs = 1_790_000_000_000_000;
    public const long Second = 1_000_000;

    private const long TickUs = 250_000;

    // The monotonic clock begins anywhere.
    private const long MonoZeroUs = StartUs - 77_777_777;

    private int _connection;
    private long _tickedUs;

    public CaptureBench(StationCaptureOptions? options = null, long atUs = StartUs)
    {
        Station = CaptureGraph.Station(options ?? new StationCaptureOptions());
        _tickedUs = atUs;
    }

    public StationCapture Station { get; }

    public List<(ShowCapture Show, MemorySink Sink)> Shows { get; } = [];

    public MemorySink Sink => Shows[0].Sink;

    public int Connection => _connection;

    /// <summary>How far the local clock is from the truth.</summary>
    public long ClockErrorUs { get; set; }

    public int ChunkSize { get; set; } = int.MaxValue;

    public static CaptureBench Copy(StationCaptureOptions? options = null)
    {
        var bench = new CaptureBench(options);
        bench.Add(new ShowCaptureOptions { Name = "copy", Format = StoredFormat.Copy });
        return bench;
    }

    public ShowCapture Add(
        ShowCaptureOptions options,
        ISpoolFile? spool = null,
        MemorySink? sink = null,
        ShowPosition position = default,
        SpoolResume? resume = null,
        CodecCatalog? codecs = null
    )
    {
        sink ??= new MemorySink();
        var show = CaptureGraph.Show(options, codecs ?? new CodecCatalog(), sink, spool, position, resume);
        Shows.Add((show, sink));
        Station.Attach(show, At(_tickedUs));
        return show;
    }

    /// <summary>Adds a show that has a sink of its own; it is ended with the others.</summary>
    public void Attach(ShowCapture show)
    {
        Shows.Add((show, new MemorySink()));
        Station.Attach(show, At(_tickedUs));
    }

    public static long Mono(long utcUs) => utcUs - MonoZeroUs;

    public Moment At(long utcUs) => new(Mono(utcUs), utcUs + ClockErrorUs);

    /// <summary>Plays what happens, and time up to a moment.</summary>
    public CaptureBench Play(IEnumerable<RecordedBytes> records, long untilUs)
    {
        foreach (var record in records)
        {
            if (record.AtUs >= untilUs)
            {
                break;
            }

            TickUntil(record.AtUs);
            switch (record.Kind)
            {
                case RecordedKind.Dialled:
                    Open(record.AtUs, record.MetaInterval);
                    break;
                case RecordedKind.Bytes:
                    Feed(_connection, record.Bytes.Span, record.AtUs);
                    break;
                default:
                    Station.Closed(_connection, GapCause.Disconnected, At(record.AtUs));
                    break;
            }
        }

        TickUntil(untilUs);
        return this;
    }

    public int Open(long atUs, int metaInterval = 0, DateTimeOffset? date = null)
    {
        TickUntil(atUs);
        Station.Opened(++_connection, new ConnectionFacts(metaInterval, null, date), At(atUs));
        return _connection;
    }

    public void Feed(int connection, ReadOnlySpan<byte> bytes, long atUs)
    {
        TickUntil(atUs);
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, ChunkSize);
            Station.Feed(connection, bytes[..count], Mono(atUs));
            bytes = bytes[count..];
        }
    }

    public void TickUntil(long utcUs)
    {
        while (_tickedUs + TickUs <= utcUs)
        {
            _tickedUs += TickUs;
            Station.Tick(At(_tickedUs));
        }
    }

    /// <summary>Ends the window: every show is flushed.</summary>
    public CaptureBench End(long atUs)
    {
        TickUntil(atUs);
        foreach (var (show, _) in Shows)
        {
            Station.Detach(show, EndCause.WindowEnd, At(atUs));
            show.Drain(Mono(atUs));
        }

        return this;
    }

    /// <summary>Plays a station that is dialled again whenever it hangs up.</summary>
    public CaptureBench Play(ScriptedStation station, double fromSeconds, double untilSeconds, double redialSeconds = 0)
    {
        var until = StartUs + (long)(untilSeconds * Second);
        return Play(ByteRecording.Of(station, StartUs + (long)(fromSeconds * Second), until, TimeSpan.FromSeconds(redialSeconds)), until);
    }

    public static List<byte[]> Frames(ReadOnlySpan<byte> bytes) => [.. FrameList.Of(bytes).Frames];

    /// <summary>The truth: what the station sent, by frame hash, with the moment each frame was over.</summary>
    public static Dictionary<ulong, AiredFrame> Aired(ScriptedStation station, double untilSeconds) =>
        station
            .Aired(StartUs - (3600 * Second), StartUs + (long)(untilSeconds * Second))
            .DistinctBy(f => FrameHash.Of(f.Bytes))
            .ToDictionary(f => FrameHash.Of(f.Bytes));
}

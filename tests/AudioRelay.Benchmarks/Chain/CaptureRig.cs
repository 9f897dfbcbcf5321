using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Threads;
using AudioRelay.Streams.Capture;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Benchmarks.Chain;

/// <summary>
/// One station and one show, from ICY bytes to committed segments: the recorder's own capture, spool, writer, storage thread and file.
/// Only the clock is ours, so that an hour of sound takes as long as the work in it.
/// </summary>
internal sealed class CaptureRig : IAsyncDisposable
{
    private const int Chunk = 1400; // what Icecast sends at a time
    private const int MostBehind = 4;
    private const int Connection = 1;
    private const long StartUs = 1_790_000_000_000_000;
    private const long TickUs = 250_000;

    private readonly StorageThreads _threads;
    private readonly StoreWriter _store;
    private readonly SegmentWriter _writer;
    private readonly CountingSink _sink;
    private readonly FileSpool _spool;
    private readonly ShowCapture _show;
    private readonly StationCapture _station = CaptureGraph.Station(new StationCaptureOptions());
    private readonly IcyBytes _bytes;
    private readonly byte[] _chunk = new byte[Chunk];
    private long _tickedUs;

    private CaptureRig(SoundFixture sound, StoredFormat format, string folder, StorageThreads threads, StoreWriter store)
    {
        (_threads, _store, _bytes) = (threads, store, new IcyBytes(sound));
        _writer = new SegmentWriter(store, TimeProvider.System);
        _sink = new CountingSink(_writer);
        _spool = new FileSpool(Path.Combine(folder, "show.spool"));
        var options = new ShowCaptureOptions
        {
            Name = "show",
            Format = format,
            WriterPatience = TimeSpan.FromDays(1),
        };
        _show = CaptureGraph.Show(options, new CodecCatalog(), _sink, _spool);
        _station.Attach(_show, Now);
        _station.Opened(Connection, new ConnectionFacts(IcyBytes.Interval, sound.Format.Codec), Now);
    }

    private Moment Now => new(NowUs, StartUs + NowUs);

    private long NowUs => (long)_bytes.Played.TotalMicroseconds;

    public static async Task<CaptureRig> Open(SoundFixture sound, StoredFormat format, string folder)
    {
        var threads = new StorageThreads(TimeProvider.System);
        var settings = format == StoredFormat.Opus ? new ShowSettings("show", "opus", 16, 48_000) : new ShowSettings("show", "copy", 0, 0);
        var store = await threads.OpenAsync(Path.Combine(folder, "show.sqlite"), settings, new Random(1));
        return new CaptureRig(sound, format, folder, threads, store);
    }

    /// <summary>The station sends this much.</summary>
    public async Task Play(TimeSpan sound)
    {
        for (var until = _bytes.Played + sound; _bytes.Played < until; )
        {
            var count = _bytes.Fill(_chunk);
            _station.Feed(Connection, _chunk.AsSpan(0, count), NowUs);
            if (NowUs - _tickedUs >= TickUs)
            {
                _tickedUs = NowUs;
                _station.Tick(Now);
            }

            // The clock is faster than the disk need be.
            while (_sink.Behind > MostBehind)
            {
                // The disk's real time passes while the station's stands still.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                _station.Tick(Now);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _station.Detach(_show, EndCause.WindowEnd, Now);
        _show.Dispose();
        await _writer.DisposeAsync();
        _spool.Dispose();
        await _store.DisposeAsync();
        await _threads.DisposeAsync();
    }
}

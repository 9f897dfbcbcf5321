using AudioRelay.Media.Framing;
using AudioRelay.Media.Icy;
using AudioRelay.Streams.Capture.Clock;
using AudioRelay.Streams.Capture.Matching;

namespace AudioRelay.Streams.Capture.Stations;

/// <summary>One connection to a station: ICY split → frames, each metadata block in front of the first frame that begins after it.</summary>
internal sealed class StationConnection : IIcySink, IFrameSink, IDisposable
{
    // A station that sends more blocks than this between two frames sends nonsense; the newest ones count.
    private const int MostBlocks = 16;

    private readonly IConnectionSink _sink;
    private readonly IcySplitter _icy;
    private readonly FrameSplitter _frames;
    private readonly Queue<(long Position, TitleBlock Block)> _blocks = new();
    private readonly int _interval;
    private long? _lastBlockAt;
    private long _audioBytes;
    private long _frameBytes;

    public StationConnection(int id, ConnectionFacts facts, IConnectionSink sink)
    {
        Id = id;
        _sink = sink;
        _frames = new FrameSplitter(this, facts.Codec);
        _interval = facts.MetaInterval;
        _icy = new IcySplitter(_interval, this);
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>When the bytes at hand arrived.</summary>
    public long ArrivedUs { get; private set; }

    /// <summary>Bytes that belonged to no frame.</summary>
    public long SkippedBytes => _frames.SkippedBytes;

    /// <summary>True while bytes come and no frames: what comes is no audio.</summary>
    public bool SendsNoAudio => _frames.BytesSinceFrame > 32 * 1024;

    /// <summary>Its frames, until it is decided what they are.</summary>
    public FrameBuffer Waiting { get; } = new();

    /// <summary>Its blocks, by the waiting frame that each stands in front of.</summary>
    public List<(int Frame, TitleBlock Block)> WaitingBlocks { get; } = [];

    /// <summary>How the waiting frames arrived.</summary>
    public ArrivalEnvelope Envelope { get; private set; } = new();

    /// <summary>Takes bytes.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, long arrivedAtUs)
    {
        ArrivedUs = arrivedAtUs;
        _icy.Feed(bytes);
    }

    /// <summary>The connection has ended: a last frame that is whole counts.</summary>
    public void Flush() => _frames.Flush();

    /// <summary>Forgets what waits, to begin judging anew.</summary>
    public void Forget()
    {
        Waiting.Clear();
        WaitingBlocks.Clear();
        Envelope = new ArrivalEnvelope();
    }

    public void OnAudio(ReadOnlySpan<byte> audio)
    {
        _audioBytes += audio.Length;
        _frames.Feed(audio);
    }

    public void OnMetadata(ReadOnlySpan<byte> block)
    {
        if (_blocks.Count == MostBlocks)
        {
            _blocks.Dequeue();
        }

        // Blocks come at every interval, empty while nothing changes. One that repeats the last after an empty one is sent anew and means it
        // (a scanner's next call on the same channel); right behind it, it is a server that sends its title all the time.
        var sentAnew = _lastBlockAt is { } before && _audioBytes - before > _interval;
        _lastBlockAt = _audioBytes;
        _blocks.Enqueue((_audioBytes, new TitleBlock(block.ToArray(), sentAnew)));
    }

    public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame)
    {
        // Every byte is skipped or part of a frame, so the two counts together are the place where this one begins.
        var begins = _frames.SkippedBytes + _frameBytes;
        _frameBytes += frame.Length;
        while (_blocks.TryPeek(out var next) && next.Position <= begins)
        {
            _blocks.Dequeue();
            _sink.OnBlock(this, next.Block);
        }

        _sink.OnFrame(this, format, frame);
    }

    public void Dispose() => Waiting.Dispose();
}

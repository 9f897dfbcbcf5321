using AudioRelay.Storage;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Benchmarks.Chain;

/// <summary>Knows how many batches a show's writer is behind.</summary>
internal sealed class CountingSink(ISegmentSink writer) : ISegmentSink
{
    private long _accepted;

    public GapCause? Trouble => writer.Trouble;

    public long Committed => writer.Committed;

    public long Behind => _accepted - Committed;

    public bool TryAccept(StoreBatch batch)
    {
        var taken = writer.TryAccept(batch);
        _accepted += taken ? 1 : 0;
        return taken;
    }
}

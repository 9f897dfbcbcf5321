using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that counts how often segments are fetched from it.</summary>
public sealed class CountingReader(IShowReader inner) : PassingReader(inner)
{
    private int _segmentReads;

    public int SegmentReads => _segmentReads;

    public override ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _segmentReads);
        return base.SegmentAsync(segmentId, cancel);
    }
}

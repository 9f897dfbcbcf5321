using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that counts how often segments are fetched from it.</summary>
public sealed class CountingReader(IShowReader inner) : PassingReader(inner)
{
    private int _segmentReads;
    private int _listReads;

    public int SegmentReads => _segmentReads;

    /// <summary>How often segments were listed.</summary>
    public int ListReads => _listReads;

    public override ValueTask<IReadOnlyList<SegmentInfo>> SegmentsAsync(SegmentQuery query, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _listReads);
        return base.SegmentsAsync(query, cancel);
    }

    public override ValueTask<SegmentLookup> SegmentAsync(long segmentId, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _segmentReads);
        return base.SegmentAsync(segmentId, cancel);
    }
}

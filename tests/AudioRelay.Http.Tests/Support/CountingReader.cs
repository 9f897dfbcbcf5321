using AudioRelay.Storage;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A reader that counts how often segments are fetched from it, and how often it is asked what it is and which sections it has.</summary>
public sealed class CountingReader(IShowReader inner) : PassingReader(inner)
{
    private int _segmentReads;
    private int _listReads;
    private int _questions;

    public int SegmentReads => _segmentReads;

    /// <summary>How often segments were listed.</summary>
    public int ListReads => _listReads;

    /// <summary>How often it was asked what it is, or which sections it has.</summary>
    public int Questions => _questions;

    public override ValueTask<ShowInfo> InfoAsync(CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _questions);
        return base.InfoAsync(cancel);
    }

    public override ValueTask<IReadOnlyList<SectionInfo>> SectionsAsync(SectionQuery query, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _questions);
        return base.SectionsAsync(query, cancel);
    }

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

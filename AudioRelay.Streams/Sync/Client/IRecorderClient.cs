using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>What a receiver asks a recorder, whichever version of the protocol it speaks. Every call may throw <see cref="RecorderException"/>.</summary>
public interface IRecorderClient : IDisposable
{
    /// <summary>
    /// The shows it offers. The first call after the start, or after the recorder was away, also checks that it is one
    /// (<c>/api/mode</c> says <c>record</c>; an old one without that route passes).
    /// </summary>
    Task<IReadOnlyList<OfferedShow>> ShowsAsync(CancellationToken token);

    /// <summary>What it says about one show.</summary>
    Task<ShowMetadata> MetadataAsync(string show, CancellationToken token);

    /// <summary>All sections of a show, by id. Needed only from a version 1 recorder, which has no journal.</summary>
    Task<IReadOnlyList<OfferedSection>> SectionsAsync(string show, CancellationToken token);

    /// <summary>Segments of a range of source ids, in order, checked against their checksums; empty when the range holds none.</summary>
    /// <param name="show">The show's name at the recorder.</param>
    /// <param name="fromId">First id.</param>
    /// <param name="toId">Last id, inclusive.</param>
    /// <param name="limit">Most segments.</param>
    /// <param name="maxBytes">Most bytes of sound; one segment comes in any case. A version 1 recorder does not heed it.</param>
    /// <param name="token">Gives up.</param>
    /// <remarks>The segments' data are the caller's until it disposes of the batch.</remarks>
    Task<SegmentBatch> SegmentsAsync(string show, long fromId, long toId, int limit, long maxBytes, CancellationToken token);

    /// <summary>The piece of the journal after a sequence number; null from a recorder that has no journal.</summary>
    Task<JournalPage?> JournalAsync(string show, long afterSeq, CancellationToken token);

    /// <summary>The sections on both sides of an instant.</summary>
    Task<FoundSections> FindByTimestampAsync(string show, long timestampMs, CancellationToken token);

    /// <summary>The segment ids of a section; nulls when it has none.</summary>
    Task<(long? MinId, long? MaxId)> SegmentRangeAsync(string show, long sectionId, CancellationToken token);

    /// <summary>
    /// How far each show reaches, now and after each commit; ends when the connection does. Throws <see cref="NotSupportedException"/> for a
    /// recorder that does not push.
    /// </summary>
    IAsyncEnumerable<ShowPosition> EventsAsync(CancellationToken token);
}

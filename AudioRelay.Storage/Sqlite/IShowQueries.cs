using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>What differs between a file with our tables and a predecessor's file. Each call runs inside the caller's read transaction.</summary>
internal interface IShowQueries
{
    (long? MinId, long? MaxId, long JournalSeq) Reach(Database database);

    IReadOnlyList<SectionInfo> Sections(Database database, SectionQuery query);

    SectionInfo? Section(Database database, long sectionId);

    Presence SectionPresence(Database database, long sectionId);

    long? Discontinuities(Database database, long sectionId);

    SectionNeighbours Neighbours(Database database, long timestampMs);

    /// <summary>Segments of an id range, inclusive, in order.</summary>
    IEnumerable<SegmentInfo> Segments(Database database, long fromId, long toId, long? sectionId, int limit, bool withHashes);

    Segment? Segment(Database database, long segmentId);

    /// <summary>Shows segments of an id range, inclusive, in order, with their sound.</summary>
    void Read(Database database, long fromId, long toId, int maxCount, long maxBytes, SegmentVisitor visit);

    /// <summary>The segment of a section that holds a sample; the section has one.</summary>
    long SegmentAt(Database database, SectionInfo section, long sample);

    IReadOnlyList<Anchor> Anchors(Database database, SectionInfo section);

    IReadOnlyList<JournalEntry> Journal(Database database, long afterSeq, int limit);

    /// <summary>The titles that a query asks for, its text and limit included.</summary>
    IReadOnlyList<TitleInfo> Titles(Database database, TitleQuery query);

    IReadOnlyList<WindowInfo> Windows(Database database, UtcRange range);

    /// <summary>
    /// Up to when the store knows what was wanted and kept, UTC µs; null for one that is written where it is recorded: it knows everything.
    /// </summary>
    long? KnownUntilUs(Database database);

    /// <summary>Everything that may explain a gap in the range.</summary>
    IReadOnlyList<Explanation> Explanations(Database database, UtcRange range);
}

using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>Entries of a source's journal that are fetched and not committed yet.</summary>
/// <remarks>
/// Journal and segments are committed hand in hand: with the segments of a section go the entries up to the next section's opening, so that
/// while a show catches up its journal never tells of sound that is far from being here.
/// </remarks>
/// <param name="seq">The newest entry that is committed.</param>
internal sealed class JournalAhead(long seq)
{
    private readonly List<JournalEntry> _entries = [];
    private long _committed = seq;

    /// <summary>The newest entry that is fetched.</summary>
    public long FetchedSeq { get; private set; } = seq;

    /// <summary>True when nothing waits.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Adds a page.</summary>
    /// <param name="entries">In order.</param>
    /// <param name="lastSeq">Up to where the journal is known now, entries of unknown kinds included.</param>
    public void Add(IReadOnlyList<JournalEntry> entries, long lastSeq)
    {
        _entries.AddRange(entries);
        FetchedSeq = Math.Max(FetchedSeq, lastSeq);
    }

    /// <summary>True when all that goes with segments up to a section is fetched.</summary>
    /// <param name="section">The last section of which there are segments; null: everything goes.</param>
    /// <param name="goalSeq">The newest entry that the source is known to have.</param>
    public bool Covers(long? section, long goalSeq) => FetchedSeq >= goalSeq || CutAt(section) < _entries.Count;

    /// <summary>Takes the entries that go with segments up to a section.</summary>
    /// <param name="section">The last section of which there are segments; null takes everything.</param>
    /// <returns>The entries, and the newest sequence number that is done with them.</returns>
    public (IReadOnlyList<JournalEntry> Entries, long Seq) Take(long? section)
    {
        var cut = CutAt(section);
        var taken = _entries.GetRange(0, cut);
        _entries.RemoveRange(0, cut);
        _committed =
            _entries.Count == 0 ? FetchedSeq
            : taken.Count > 0 ? taken[^1].Seq
            : _committed;
        return (taken, _committed);
    }

    /// <summary>Where the first section begins that lies behind the given one.</summary>
    private int CutAt(long? section)
    {
        var index = section is { } last ? _entries.FindIndex(e => e.Body is SectionOpened opened && opened.Section > last) : -1;
        return index < 0 ? _entries.Count : index;
    }
}

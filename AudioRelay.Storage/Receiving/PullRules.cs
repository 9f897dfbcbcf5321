using System.Security.Cryptography;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>
/// From what a recorder tells to what a receiver writes, the same for every kind of store. Pure. A section keeps its id; its segments get local
/// ids; the source's journal becomes the receiver's own, in which a section is closed when its samples are here and not before.
/// </summary>
/// <remarks>
/// A recorder has one open section at a time and its segments' ids grow without a hole. So when an id is left out, or a segment of a later
/// section arrives, nothing more can come of a section that is still open: it is ended where it is.
/// </remarks>
internal sealed class PullRules
{
    private readonly OpenSections _open;
    private readonly IReadOnlySet<long> _past;
    private readonly List<PlannedSegment> _segments = [];
    private readonly List<JournalEntry> _removed = [];
    private long _lastId;
    private long _expected;

    private PullRules(SyncCheckpoint from, PulledBatch batch, ReceivedState state)
    {
        _open = new OpenSections(state.Open, hasJournal: batch.JournalSeq > 0);
        _past = from is { JournalSeq: 0, NextId: > 1 } ? state.Past.Union(RetoldSections.ReadBefore(batch, state)).ToHashSet() : state.Past;
        _lastId = state.LastId;
        _expected = from.NextId;
    }

    /// <summary>The sections a batch speaks of, for <see cref="ReceivedState.Past"/>.</summary>
    public static IReadOnlySet<long> SectionsOf(PulledBatch batch) =>
        batch.Segments.Select(s => s.SectionId).Concat(batch.Journal.Select(e => SectionOf(e.Body)).OfType<long>()).ToHashSet();

    /// <summary>Says what a batch changes.</summary>
    /// <exception cref="StorageException"><see cref="StorageFault.RuleBroken"/>: the batch cannot be right.</exception>
    public static PullPlan Plan(SyncCheckpoint from, PulledBatch batch, ReceivedState state)
    {
        CheckOrder(from, batch);
        var rules = new PullRules(from, batch, state);
        foreach (var entry in batch.Journal)
        {
            rules.Take(entry);
        }

        foreach (var segment in batch.Segments)
        {
            rules.Take(segment);
        }

        rules.Skip(batch.NextId);
        rules.EndRemoved();
        var journalUs = batch.Journal.Select(e => e.AtUs).DefaultIfEmpty().Max();
        return new PullPlan(rules._open.Entries, rules._segments, rules._open.Pending(), journalUs);
    }

    /// <summary>
    /// What is written when the source is left for another: everything that is open ends where it is, and so does a window, because what comes
    /// next from the other source is another window.
    /// </summary>
    /// <param name="open">The sections that have not ended.</param>
    /// <param name="knownUntilUs">Up to when the old source was known, UTC µs; null when there is no open window.</param>
    public static IReadOnlyList<PlannedEntry> LeaveSource(IReadOnlyList<ReceivedSection> open, long? knownUntilUs)
    {
        var sections = new OpenSections(open, hasJournal: true);
        sections.EndAll();
        return knownUntilUs is { } until ? [.. sections.Entries, new PlannedEntry(until, new WindowClosed(until))] : sections.Entries;
    }

    private void Take(JournalEntry entry)
    {
        switch (entry.Body)
        {
            case SectionOpened opened:
                if (!_past.Contains(opened.Section) && !_open.Knows(opened.Section))
                {
                    Require(opened is { Rate: > 0, Channels: > 0 }, $"section {opened.Section} needs a rate and channels");
                    _open.Begin(entry.AtUs, opened);
                }

                break;
            // Of sections that are past, or that began before the place at which this source was taken up, nothing more is told here.
            case AnchorSet anchor:
                _open.Anchor(entry.AtUs, anchor);
                break;
            case TitleSet title:
                _open.Title(entry.AtUs, title with { Text = StoredText.Clean(title.Text) });
                break;
            case SectionClosed closed:
                _open.Close(entry.AtUs, closed);
                break;
            case Trouble { Detail: { } detail } trouble:
                _open.Entries.Add(new PlannedEntry(entry.AtUs, trouble with { Detail = StoredText.Clean(detail) }));
                break;
            case SectionRemoved:
                // After the segments of this batch: they were fetched before the journal.
                _removed.Add(entry);
                break;
            default:
                _open.Entries.Add(new PlannedEntry(entry.AtUs, entry.Body));
                break;
        }
    }

    private void Take(in PulledSegment segment)
    {
        var id = segment.SourceId;
        Require(id >= _expected, $"segment {id} comes after {_expected - 1}");
        Require(segment is { DurationSamples: >= 0, Data.Length: > 0 }, $"segment {id} needs bytes and a duration");
        Skip(id);
        _open.EndBefore(segment.SectionId);
        var section = _open.Find(segment.SectionId);
        Require(section is not null, $"segment {id} is of section {segment.SectionId}, which is not open here");
        Require(section!.StartUs is not null, $"section {section.Id} needs its start anchor before its first segment");
        var hash = Hash(segment);
        // A version 1 source (without hashes) means something else by the flag.
        var whole = section.Segments > 0 || segment.StartsSection || segment.Sha256.IsEmpty;
        Require(whole, $"segment {id} is not the first of section {section.Id}, and nothing of that section is here");
        _segments.Add(new PlannedSegment(++_lastId, section.Samples, section.Segments == 0, segment, hash));
        _expected = id + 1;
        _open.Count(section, segment);
    }

    /// <summary>Ids that will never be asked for again: what they would have gone on with is over.</summary>
    private void Skip(long nextId)
    {
        if (nextId > _expected)
        {
            _open.EndBegun();
            _expected = nextId;
        }
    }

    private void EndRemoved()
    {
        foreach (var entry in _removed)
        {
            var removed = (SectionRemoved)entry.Body;
            if (_open.Find(removed.Section) is { } section)
            {
                _open.EndIncomplete(section, removed.UntilUs);
            }
            else if (!_past.Contains(removed.Section) && !_open.Knows(removed.Section))
            {
                _open.Entries.Add(new PlannedEntry(entry.AtUs, new Trouble(GapCause.PurgedOnRecorder, removed.FromUs, removed.UntilUs)));
            }
        }
    }

    private static byte[] Hash(in PulledSegment segment)
    {
        if (segment.IsHashChecked && segment.Sha256.Length == SHA256.HashSizeInBytes)
        {
            return segment.Sha256.ToArray();
        }

        var hash = SHA256.HashData(segment.Data.Span);
        var right = segment.Sha256.IsEmpty || segment.Sha256.Span.SequenceEqual(hash);
        Require(right, $"segment {segment.SourceId} is not what its SHA-256 was taken of");
        return hash;
    }

    private static void CheckOrder(SyncCheckpoint from, PulledBatch batch)
    {
        Require(batch.NextId >= from.NextId, $"the next id {batch.NextId} goes back behind {from.NextId}");
        Require(batch.JournalSeq >= from.JournalSeq, $"the journal position {batch.JournalSeq} goes back behind {from.JournalSeq}");
        var last = batch.Segments.Count == 0 ? 0 : batch.Segments[^1].SourceId;
        Require(batch.NextId > last, $"the next id {batch.NextId} is not behind segment {last}");
        var seq = from.JournalSeq;
        foreach (var entry in batch.Journal.Where(e => e.Seq != 0))
        {
            Require(entry.Seq > seq && entry.Seq <= batch.JournalSeq, $"journal entry {entry.Seq} stands after {seq}");
            seq = entry.Seq;
        }
    }

    private static long? SectionOf(JournalBody body) =>
        body switch
        {
            SectionOpened b => b.Section,
            SectionClosed b => b.Section,
            AnchorSet b => b.Section,
            TitleSet b => b.Section,
            SectionRemoved b => b.Section,
            _ => null,
        };

    internal static void Require(bool rule, string broken)
    {
        if (!rule)
        {
            throw new StorageException(StorageFault.RuleBroken, $"Refused to keep what the recorder sent: {broken}.");
        }
    }
}

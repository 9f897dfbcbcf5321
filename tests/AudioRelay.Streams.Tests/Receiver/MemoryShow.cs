using System.Security.Cryptography;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Tests.Receiver;

/// <summary>A show of a <see cref="MemoryRecorder"/>: sections of one-second segments and the journal that tells of them.</summary>
internal sealed class MemoryShow(string name, string uniqueId, string format, string bitrate, CommitFeed feed)
{
    public const int Rate = 48_000;
    private const int PageSize = 7;
    private readonly Lock _lock = new();
    private readonly List<WireSegment> _segments = [];
    private readonly List<JournalEntry> _journal = [];
    private int _stores;
    private long _lastId;
    private long _lastSeq;
    private long _section;
    private long _endMs = 1_700_000_000_000;

    public string Name => name;

    public string Format { get; set; } = format;

    public string UniqueId { get; private set; } = uniqueId;

    /// <summary>UTC behind the newest sound, ms.</summary>
    public long EndMs => _endMs;

    public bool IsRecipient { get; set; }

    public string Version { get; set; } = "4";

    /// <summary>What its configuration says; told only by a recorder of ours.</summary>
    public int TargetSeconds { get; set; } = 1;

    public long MinId
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count == 0 ? 0 : _segments[0].Id;
            }
        }
    }

    public long MaxId
    {
        get
        {
            lock (_lock)
            {
                return _segments.Count == 0 ? 0 : _segments[^1].Id;
            }
        }
    }

    public IReadOnlyList<WireSegment> Segments
    {
        get
        {
            lock (_lock)
            {
                return [.. _segments];
            }
        }
    }

    /// <summary>Begins a section at the next sound.</summary>
    /// <param name="afterMs">How long nothing is recorded before it.</param>
    public void NewSection(long afterMs = 5000)
    {
        lock (_lock)
        {
            if (_section != 0)
            {
                Append(new SectionClosed(_section, EndCause.Disconnected, Samples(), 0, Times.ToUs(_endMs)));
            }

            _section = 0;
            _endMs += afterMs;
        }
    }

    /// <summary>Records some segments, one commit each.</summary>
    public void Record(int segments = 1, int bytes = 100)
    {
        for (var i = 0; i < segments; i++)
        {
            lock (_lock)
            {
                var starts = _section == 0;
                if (starts)
                {
                    _section = Times.ToUs(_endMs);
                    Append(new SectionOpened(_section, Format, Rate, 1, 312, 960));
                    Append(new AnchorSet(_section, 0, _section, AnchorCause.Start));
                }

                var id = ++_lastId;
                var data = new byte[bytes];
                new Random((int)id + (_stores * 100_000)).NextBytes(data);
                _segments.Add(new WireSegment(id, _endMs, starts, _section, Rate, data, SHA256.HashData(data)));
                _endMs += 1000;
            }

            Tell();
        }
    }

    /// <summary>Retention removes the oldest segments, which are whole sections, and says so.</summary>
    public void Purge(int segments)
    {
        lock (_lock)
        {
            foreach (var section in _segments.Take(segments).GroupBy(s => s.SectionId))
            {
                _journal.RemoveAll(e =>
                    e.Body is SectionOpened o && o.Section == section.Key || e.Body is AnchorSet a && a.Section == section.Key
                );
                Append(new SectionRemoved(section.Key, section.Key, section.Key + 1, section.First().Id, section.Last().Id));
            }

            _segments.RemoveRange(0, segments);
        }

        Tell();
    }

    /// <summary>The file is deleted and made anew.</summary>
    /// <param name="newId">The new one's identity.</param>
    /// <param name="startMs">When it begins, UTC; null: a minute later.</param>
    public void Replace(string newId, long? startMs = null)
    {
        lock (_lock)
        {
            _segments.Clear();
            _journal.Clear();
            (_lastId, _lastSeq, _section, UniqueId) = (0, 0, 0, newId);
            _stores++;
            _endMs = startMs ?? (_endMs + 60_000);
        }

        Tell();
    }

    /// <summary>The file is put back from a backup: the same store, with its first sections, the last of them ended.</summary>
    /// <param name="sections">How many the backup has.</param>
    public void Restore(int sections)
    {
        lock (_lock)
        {
            var kept = _segments.Select(s => s.SectionId).Distinct().Take(sections).ToHashSet();
            _segments.RemoveAll(s => !kept.Contains(s.SectionId));
            var last = _journal.FindLastIndex(e => e.Body is SectionClosed closed && kept.Contains(closed.Section));
            _journal.RemoveRange(last + 1, _journal.Count - last - 1);
            (_lastId, _lastSeq, _section) = (_segments[^1].Id, _journal[^1].Seq, 0);
            _stores++;
            _endMs += 60_000;
        }

        Tell();
    }

    public void Tell()
    {
        lock (_lock)
        {
            feed.Publish(new ShowPosition(name, UniqueId, _lastId, _lastSeq));
        }
    }

    public ShowMetadata Metadata(bool hasJournal)
    {
        lock (_lock)
        {
            var seq = hasJournal ? _lastSeq : (long?)null;
            return new ShowMetadata(UniqueId, name, Format, bitrate, "48000", Version, IsRecipient, MinId, MaxId, seq)
            {
                TargetSeconds = hasJournal ? TargetSeconds : null,
            };
        }
    }

    public IReadOnlyList<WireSegment> Read(long fromId, long toId, int limit, bool hashed)
    {
        lock (_lock)
        {
            var found = _segments.Where(s => s.Id >= fromId && s.Id <= toId).Take(limit);
            return [.. hashed ? found : found.Select(s => s with { Sha256 = default })];
        }
    }

    public JournalPage JournalAfter(long seq)
    {
        lock (_lock)
        {
            var page = _journal.Where(e => e.Seq > seq).Take(PageSize).ToList();
            return new JournalPage(UniqueId, page, page.Count == 0 ? seq : page[^1].Seq);
        }
    }

    public FoundSections Around(long timestampMs)
    {
        lock (_lock)
        {
            var sections = _segments.GroupBy(s => s.SectionId).Select(g => new OfferedSection(g.Key, g.First().TimestampMs)).ToList();
            return new FoundSections(
                sections.Find(s => s.StartTimestampMs > timestampMs),
                sections.FindLast(s => s.StartTimestampMs <= timestampMs),
                UniqueId,
                MinId,
                _segments.Count == 0 ? -1 : MaxId
            );
        }
    }

    public (long? MinId, long? MaxId) RangeOf(long section)
    {
        lock (_lock)
        {
            var of = _segments.Where(s => s.SectionId == section).ToList();
            return of.Count == 0 ? (null, null) : (of[0].Id, of[^1].Id);
        }
    }

    private long Samples() => _segments.Where(s => s.SectionId == _section).Sum(s => s.DurationSamples);

    // Never twice the same, also when retention has left nothing of what was there: a journal that goes back is another store's.
    private void Append(JournalBody body) => _journal.Add(new JournalEntry(++_lastSeq, Times.ToUs(_endMs), body));
}

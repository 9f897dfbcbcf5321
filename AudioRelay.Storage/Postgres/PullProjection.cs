using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Applies the batches of a pull in memory, one after the other: which rows of which tables they become. Pure; the counterpart of the recorder's
/// JournalProjection, which applies entry by entry where a statement costs no round trip.
/// </summary>
/// <param name="fence">What the pull goes on from.</param>
/// <param name="open">The sections that are open.</param>
/// <param name="past">Of those the first batch speaks of the ones that have ended.</param>
internal sealed class PullProjection(Fence fence, IEnumerable<ProjectedSection> open, IEnumerable<long> past)
{
    private readonly Dictionary<long, ProjectedSection> _sections = open.ToDictionary(s => s.Opened.Section);
    private readonly HashSet<long> _past = [.. past];

    /// <summary>Where the store stands after what was added.</summary>
    public Fence Reached { get; private set; } = fence;

    /// <summary>The same, as it is told.</summary>
    public CommitResult Result =>
        new(Segments.Count == 0 ? null : Segments[0].Id, Segments.Count, Reached.LastSegmentId, Reached.LastJournalSeq);

    /// <summary>The new segments, without their sound.</summary>
    public List<SegmentFact> Segments { get; } = [];

    /// <summary>The journal's new entries.</summary>
    public List<JournalEntry> Journal { get; } = [];

    public List<(long Seq, AnchorSet Anchor)> Anchors { get; } = [];

    public List<(long Seq, TitleSet Title, long UtcUs)> Titles { get; } = [];

    /// <summary>Windows, troubles and removals: rare, so each is a statement, in their order.</summary>
    public List<JournalBody> Others { get; } = [];

    /// <summary>The sections that are new or changed.</summary>
    public IEnumerable<ProjectedSection> Changed => _sections.Values.Where(s => s.IsChanged || !s.IsStored);

    /// <summary>Ends that this pull has told and that its segments have not reached.</summary>
    public IEnumerable<PendingEnd> Pending => _sections.Values.Where(s => s.Closed is null).Select(s => s.NewPending).OfType<PendingEnd>();

    /// <summary>Adds the pull's first batch.</summary>
    /// <returns>Its segments, to be written.</returns>
    /// <exception cref="StorageException"><see cref="StorageFault.RuleBroken"/>: the batch cannot be right.</exception>
    public IReadOnlyList<PlannedSegment> Add(PulledBatch batch)
    {
        var unended = _sections.Values.Where(s => s.Closed is null).Select(s => s.Received);
        var at = Reached.Checkpoint;
        var plan = PullRules.Plan(at, batch, new ReceivedState(Reached.LastSegmentId, [.. unended], _past, Reached.JournalUs));
        Apply(plan.Entries, plan.Segments);
        Segments.AddRange(plan.Segments.Select(SegmentFact.Of));
        foreach (var pending in plan.Pending)
        {
            _sections[pending.Closed.Section].NewPending = pending;
        }

        _past.UnionWith(_sections.Values.Where(s => s.Closed is not null).Select(s => s.Opened.Section));
        Reached = Reached with
        {
            Checkpoint = at with { NextId = batch.NextId, JournalSeq = batch.JournalSeq },
            JournalUs = Math.Max(Reached.JournalUs, plan.JournalUs),
            LastSegmentId = Reached.LastSegmentId + plan.Segments.Count,
        };
        return plan.Segments;
    }

    /// <summary>Of the sections that a batch speaks of those that are neither open nor known to be past.</summary>
    public IReadOnlyCollection<long> Unknown(PulledBatch batch) =>
        [.. PullRules.SectionsOf(batch).Where(id => !_sections.ContainsKey(id) && !_past.Contains(id))];

    /// <summary>Notes those of <see cref="Unknown"/> that have ended.</summary>
    public void Know(IEnumerable<long> past) => _past.UnionWith(past);

    /// <summary>Adds a further batch.</summary>
    /// <returns>Its segments, to be written; null, with nothing changed, when the batch cannot be right.</returns>
    public IReadOnlyList<PlannedSegment>? TryAdd(PulledBatch batch)
    {
        try
        {
            return Add(batch);
        }
        catch (StorageException error) when (error.Fault == StorageFault.RuleBroken)
        {
            return null; // as the first batch of the next pull it will be told
        }
    }

    /// <summary>Applies entries in their order, then segments.</summary>
    public void Apply(IReadOnlyList<PlannedEntry> entries, IReadOnlyList<PlannedSegment> segments)
    {
        foreach (var entry in entries)
        {
            Append(entry.AtUs, entry.Body);
        }

        foreach (var segment in segments)
        {
            _sections[segment.Pulled.SectionId].Count(segment);
        }

        foreach (var section in Changed)
        {
            section.Settle();
        }
    }

    private void Append(long atUs, JournalBody body)
    {
        var seq = Reached.LastJournalSeq + 1;
        Reached = Reached with { LastJournalSeq = seq };
        Journal.Add(new JournalEntry(seq, atUs, body));
        switch (body)
        {
            case SectionOpened opened:
                _sections.Add(opened.Section, new ProjectedSection(opened, seq));
                break;
            case SectionClosed closed:
                _sections[closed.Section].Close(closed, seq);
                break;
            case AnchorSet anchor:
                _sections[anchor.Section].Add(new Anchor(anchor.Sample, anchor.UtcUs, anchor.Cause));
                Anchors.Add((seq, anchor));
                break;
            case TitleSet title:
                Titles.Add((seq, title, _sections[title.Section].UtcUsAt(title.Sample)));
                break;
            case Alive:
                break;
            default:
                Others.Add(body);
                break;
        }
    }
}

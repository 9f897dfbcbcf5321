using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Postgres;

/// <summary>
/// Applies a plan in memory: which rows of which tables it becomes. Pure; the counterpart of the recorder's JournalProjection, which applies
/// entry by entry where a statement costs no round trip.
/// </summary>
internal sealed class PullProjection
{
    private readonly Dictionary<long, ProjectedSection> _sections;

    /// <summary>Begins at a state.</summary>
    /// <param name="open">The sections that are open.</param>
    /// <param name="journalSeq">The newest entry of the store's own journal.</param>
    public PullProjection(IEnumerable<ProjectedSection> open, long journalSeq)
    {
        _sections = open.ToDictionary(s => s.Opened.Section);
        JournalSeq = journalSeq;
    }

    /// <summary>The store's journal after the batch.</summary>
    public long JournalSeq { get; private set; }

    /// <summary>The journal's new entries.</summary>
    public List<JournalEntry> Journal { get; } = [];

    public List<(long Seq, AnchorSet Anchor)> Anchors { get; } = [];

    public List<(long Seq, TitleSet Title, long UtcUs)> Titles { get; } = [];

    /// <summary>Windows, troubles and removals: rare, so each is a statement, in their order.</summary>
    public List<JournalBody> Others { get; } = [];

    /// <summary>The sections that are new or changed.</summary>
    public IEnumerable<ProjectedSection> Changed => _sections.Values.Where(s => s.IsChanged || !s.IsStored);

    /// <summary>Applies a plan: its entries in their order, then its segments.</summary>
    public void Apply(PullPlan plan) => Apply(plan.Entries, plan.Segments);

    /// <inheritdoc cref="Apply(PullPlan)"/>
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
        Journal.Add(new JournalEntry(++JournalSeq, atUs, body));
        switch (body)
        {
            case SectionOpened opened:
                _sections.Add(opened.Section, new ProjectedSection(opened, JournalSeq));
                break;
            case SectionClosed closed:
                _sections[closed.Section].Close(closed, JournalSeq);
                break;
            case AnchorSet anchor:
                _sections[anchor.Section].Add(new Anchor(anchor.Sample, anchor.UtcUs, anchor.Cause));
                Anchors.Add((JournalSeq, anchor));
                break;
            case TitleSet title:
                Titles.Add((JournalSeq, title, _sections[title.Section].UtcUsAt(title.Sample)));
                break;
            case Alive:
                break;
            default:
                Others.Add(body);
                break;
        }
    }
}

using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Postgres;

/// <summary>A section's facts while a batch is applied to them in memory; written once at its end.</summary>
internal sealed class ProjectedSection
{
    private readonly List<Anchor> _anchors = [];
    private long _endUs;

    /// <summary>A section that the batch opens.</summary>
    public ProjectedSection(SectionOpened opened, long seq)
    {
        (Opened, OpenedSeq) = (opened, seq);
        StartUs = _endUs = opened.Section;
    }

    /// <summary>An open section as it is stored.</summary>
    public ProjectedSection(SectionOpened opened, long seq, long samples, long segments, long? first, long? last, long startUs, long endUs)
    {
        (Opened, OpenedSeq, Samples, Segments, FirstSegmentId, LastSegmentId) = (opened, seq, samples, segments, first, last);
        (StartUs, _endUs) = (startUs, endUs);
        IsStored = true;
    }

    /// <summary>What was said when it was opened.</summary>
    public SectionOpened Opened { get; }

    /// <summary>Where that stands in the store's journal.</summary>
    public long OpenedSeq { get; }

    /// <summary>True when it has a row already.</summary>
    public bool IsStored { get; }

    /// <summary>True when the batch has changed it.</summary>
    public bool IsChanged { get; private set; }

    public long Samples { get; private set; }

    public long Segments { get; private set; }

    public long? FirstSegmentId { get; private set; }

    public long? LastSegmentId { get; private set; }

    public long StartUs { get; private set; }

    public long EndUs => Math.Max(StartUs, _endUs);

    public SectionClosed? Closed { get; private set; }

    public long? ClosedSeq { get; private set; }

    /// <summary>An end that the source has told, when its last segments are not here yet.</summary>
    public PendingEnd? Pending { get; init; }

    /// <summary>Such an end when it came with this pull: to be remembered unless the pull brings the last segments too.</summary>
    public PendingEnd? NewPending { get; set; }

    /// <summary>As the rules of a pull want to know it.</summary>
    public ReceivedSection Received =>
        new(Opened.Section, Opened.Rate, Samples, Segments, _anchors.Count == 0 ? null : StartUs, EndUs, NewPending ?? Pending);

    /// <summary>Adds an anchor that is stored.</summary>
    public void Restore(Anchor anchor) => _anchors.Add(anchor);

    public void Add(Anchor anchor)
    {
        _anchors.Add(anchor);
        IsChanged = true;
    }

    public void Count(PlannedSegment segment)
    {
        Samples += segment.Pulled.DurationSamples;
        Segments++;
        FirstSegmentId ??= segment.Id;
        LastSegmentId = segment.Id;
        IsChanged = true;
    }

    public void Close(SectionClosed closed, long seq)
    {
        (Closed, ClosedSeq) = (closed, seq);
        IsChanged = true;
    }

    /// <summary>UTC of a sample by the anchors so far, µs; the section's id while there is none.</summary>
    public long UtcUsAt(long sample) => Map()?.UtcUsAt(sample) ?? Opened.Section;

    /// <summary>Start and end by the wall map as it now stands.</summary>
    public void Settle()
    {
        if (Map() is { } map)
        {
            StartUs = map.UtcUsAt(0);
            _endUs = map.UtcUsBefore(Samples);
        }
    }

    private WallMap? Map() => _anchors.Count == 0 ? null : new WallMap(Opened.Rate, _anchors);
}

using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>Keeps what a show stored, and checks each batch by the store's own rules as it comes.</summary>
internal sealed class MemorySink : ISegmentSink
{
    public List<StoredSection> Sections { get; } = [];

    public List<JournalBody> Journal { get; } = [];

    public bool IsFull { get; set; }

    /// <summary>A bug of the sink's.</summary>
    public Exception? Breaks { get; set; }

    /// <summary>How many batches it is always behind.</summary>
    public int Lag { get; init; }

    public bool KeepsUncommitted { get; set; }

    public bool KeepsBytes { get; init; } = true;

    public GapCause? Trouble { get; set; }

    public long Accepted { get; private set; }

    public long Committed => KeepsUncommitted ? _committed : _committed = Accepted - _lagging.Count;

    private readonly Queue<StoreBatch> _lagging = new();
    private long _committed;

    public bool TryAccept(StoreBatch batch)
    {
        if (Breaks is not null)
        {
            throw Breaks;
        }

        if (IsFull)
        {
            return false;
        }

        Assert.False(batch.IsEmpty);
        Accepted++;
        _lagging.Enqueue(batch);
        while (_lagging.Count > Lag)
        {
            Store(_lagging.Dequeue());
        }

        return true;
    }

    public void Store(StoreBatch batch)
    {
        foreach (var item in batch.Items)
        {
            if (item.Body is { } body)
            {
                Journal.Add(body);
                Note(body);
            }
            else
            {
                Keep(item.Segment);
            }
        }
    }

    private void Note(JournalBody body)
    {
        switch (body)
        {
            case SectionOpened opened:
                Assert.True(Sections.Count == 0 || opened.Section > Sections[^1].Opened.Section, "section ids grow");
                Assert.True(Sections.Count == 0 || Sections[^1].Closed is not null, "one section at a time");
                Sections.Add(new StoredSection(opened));
                break;
            case AnchorSet anchor:
                var anchors = Of(anchor.Section).Anchors;
                Assert.True(anchors.Count == 0 || anchor.Sample >= anchors[^1].Sample, "anchors are in order");
                Assert.True(anchors.Count == 0 || anchor.UtcUs > anchors[^1].UtcUs, "the map never goes back");
                anchors.Add(new Anchor(anchor.Sample, anchor.UtcUs, anchor.Cause));
                break;
            case TitleSet title:
                Of(title.Section).Titles.Add((title.Sample, title.Text));
                break;
            case SectionClosed closed:
                Assert.Equal(Of(closed.Section).Samples, closed.Samples);
                Of(closed.Section).Closed = closed;
                break;
        }
    }

    private void Keep(NewSegment segment)
    {
        var section = Of(segment.SectionId);
        Assert.Null(section.Closed);
        Assert.Equal(section.Samples, segment.FirstSample);
        Assert.True(segment.DurationSamples > 0, "no empty segment");
        Assert.Equal(section.Map.UtcUsAt(segment.FirstSample) / 1000, segment.TimestampMs);
        section.Add(segment, KeepsBytes ? segment.Data.ToArray() : []);
    }

    private StoredSection Of(long section) =>
        Sections[^1].Opened.Section == section ? Sections[^1] : Sections.Single(s => s.Opened.Section == section);
}

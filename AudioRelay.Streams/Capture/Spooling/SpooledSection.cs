using System.Buffers;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>One section as a spool has it, read up to where the store already is.</summary>
internal sealed class SpooledSection
{
    private readonly long _committed;
    private readonly List<Anchor> _anchors = [];
    private readonly List<JournalBody> _open = [];
    private readonly ArrayBufferWriter<byte> _blob = new();

    /// <param name="facts">What the section is.</param>
    /// <param name="committed">Samples of it that the store has.</param>
    public SpooledSection(SpoolSection facts, long committed)
    {
        Facts = facts;
        _committed = Until = SourceEnd = committed;
    }

    public SpoolSection Facts { get; }

    /// <summary>Where what the spool has of it ends.</summary>
    public long Until { get; private set; }

    /// <summary>The section's sample at the end of the last frame that was taken in.</summary>
    public long SourceEnd { get; private set; }

    /// <summary>How it ended; null when it was open.</summary>
    public (EndCause Cause, int Padding)? End { get; private set; }

    public bool HasAnchors => _anchors.Count > 0;

    public WallMap Map => new(Facts.Rate, _anchors);

    public void Add(Anchor anchor, bool known)
    {
        _anchors.Add(anchor);
        if (!known)
        {
            _open.Add(new AnchorSet(Facts.Id, anchor.Sample, anchor.UtcUs, anchor.Cause));
        }
    }

    public void AddTitle(long sample, string text) => _open.Add(new TitleSet(Facts.Id, sample, text));

    public void AddChunk(in SpoolChunk chunk, ReadOnlySpan<byte> packets)
    {
        SourceEnd = chunk.SourceEndSample;
        if (chunk.FirstSample + chunk.Samples <= _committed && _committed > 0)
        {
            // In the store, with the titles and anchors in front of it.
            _open.Clear();
        }
        else if (chunk.FirstSample == Until)
        {
            _blob.Write(packets);
            Until += chunk.Samples;
        }
    }

    public void SetEnd(EndCause cause, int padding) => End = (cause, padding);

    /// <summary>Writes what the store lacks of it.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="nowUs">UTC µs.</param>
    /// <param name="isNew">The store has no row of it.</param>
    /// <param name="close">It has not ended, and will not go on.</param>
    public void Store(StoreBatch batch, long nowUs, bool isNew, bool close)
    {
        if (isNew && Until == 0)
        {
            return; // a section without a sample never was
        }

        if (isNew)
        {
            batch.Add(nowUs, Facts.Opened);
        }

        if (Until > _committed)
        {
            _open.ForEach(entry => batch.Add(nowUs, entry));
            batch.Add(new NewSegment(Facts.Id, _committed, Until - _committed, Map.UtcUsAt(_committed) / 1000, _blob.WrittenMemory));
        }

        if (End is { } end)
        {
            batch.Add(nowUs, new SectionClosed(Facts.Id, end.Cause, Until, end.Padding, Map.UtcUsAt(Until)));
        }
        else if (close)
        {
            batch.Add(nowUs, new SectionClosed(Facts.Id, EndCause.NotRunning, Until, 0, Map.UtcUsAt(Until)));
        }
    }
}

using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>The journal entries that go into the next batch, each in the spool as soon as it is known.</summary>
internal sealed class SectionJournal
{
    private readonly ShowSpool _spool;
    private readonly Action _putOpen;
    private readonly List<JournalBody> _entries = [];

    public SectionJournal(ShowSpool spool)
    {
        _spool = spool;
        _putOpen = PutOpen;
    }

    /// <summary>The show's titles.</summary>
    public TitleTrack Titles { get; } = new();

    /// <summary>Puts what the spool must have of the open segment's entries when it begins anew.</summary>
    public Action PutAgain => _putOpen;

    public void Add(JournalBody entry) => _entries.Add(entry);

    /// <summary>Takes the anchors that the section's clock has set.</summary>
    public void AddAnchors(OpenSection section)
    {
        if (section.Clock.Fresh.Count == 0)
        {
            return;
        }

        foreach (var anchor in section.Clock.Fresh)
        {
            _entries.Add(new AnchorSet(section.Id, anchor.Sample, anchor.UtcUs, anchor.Cause));
            _spool.Put(anchor);
        }

        section.Clock.ForgetFresh();
    }

    /// <summary>Takes the title that begins here, if one does.</summary>
    /// <param name="section">The section.</param>
    /// <param name="sample">Its sample at the next frame.</param>
    public void AddTitle(OpenSection section, long sample)
    {
        if (Titles.Take(out var atStart) is { } text)
        {
            var at = atStart ? 0 : Math.Max(0, sample);
            _entries.Add(new TitleSet(section.Id, at, text));
            _spool.PutTitle(at, text);
        }
    }

    /// <summary>Hands the entries to a batch.</summary>
    public void MoveTo(StoreBatch batch, long atUs)
    {
        foreach (var entry in _entries)
        {
            batch.Add(atUs, entry);
        }

        _entries.Clear();
    }

    public void Clear() => _entries.Clear();

    private void PutOpen()
    {
        foreach (var entry in _entries)
        {
            if (entry is AnchorSet anchor)
            {
                _spool.Put(new Anchor(anchor.Sample, anchor.UtcUs, anchor.Cause));
            }
            else if (entry is TitleSet title)
            {
                _spool.PutTitle(title.Sample, title.Text);
            }
        }
    }
}

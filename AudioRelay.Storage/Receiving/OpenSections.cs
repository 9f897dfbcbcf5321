using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>The open sections of a received store while a batch is gone through, and the entries that this gives.</summary>
/// <param name="open">Those that are open before the batch, by id.</param>
/// <param name="hasJournal">False for a version 1 source, which does not tell why a section ended.</param>
internal sealed class OpenSections(IReadOnlyList<ReceivedSection> open, bool hasJournal)
{
    private readonly List<ReceivedSection> _open = [.. open];
    private readonly HashSet<long> _ended = [];
    private readonly HashSet<long> _told = [];

    /// <summary>What is to be appended to the store's journal.</summary>
    public List<PlannedEntry> Entries { get; } = [];

    /// <summary>True for a section that is open or ended in this batch.</summary>
    public bool Knows(long id) => _ended.Contains(id) || Find(id) is not null;

    public ReceivedSection? Find(long id) => _open.Find(s => s.Id == id);

    /// <summary>Ends that this batch has told and that its segments have not reached.</summary>
    public IReadOnlyList<PendingEnd> Pending() => [.. _open.Where(s => _told.Contains(s.Id)).Select(s => s.Pending).OfType<PendingEnd>()];

    public void Begin(long atUs, SectionOpened opened)
    {
        _open.Add(new ReceivedSection(opened.Section, opened.Rate, 0, 0, null, opened.Section));
        Entries.Add(new PlannedEntry(atUs, opened));
    }

    public void Anchor(long atUs, AnchorSet anchor)
    {
        var starts = anchor.Cause == AnchorCause.Start;
        if (Find(anchor.Section) is not { } section || (starts && section.StartUs is not null))
        {
            return;
        }

        Entries.Add(new PlannedEntry(atUs, anchor));
        if (starts)
        {
            Change(section with { StartUs = anchor.UtcUs, EndUs = section.Segments == 0 ? anchor.UtcUs : section.EndUs });
        }
    }

    public void Title(long atUs, TitleSet title)
    {
        if (Find(title.Section) is not null)
        {
            Entries.Add(new PlannedEntry(atUs, title));
        }
    }

    public void Close(long atUs, SectionClosed closed)
    {
        if (Find(closed.Section) is { } section)
        {
            _told.Add(section.Id);
            EndIfComplete(Change(section with { Pending = new PendingEnd(atUs, closed) }));
        }
    }

    public void Count(ReceivedSection section, in PulledSegment segment) =>
        EndIfComplete(
            Change(
                section with
                {
                    Samples = section.Samples + segment.DurationSamples,
                    Segments = section.Segments + 1,
                    EndUs = Times.ToUs(segment.TimestampMs) + (segment.DurationSamples * 1_000_000 / section.Rate),
                }
            )
        );

    /// <summary>Ends the sections that were opened before one of which a segment arrives.</summary>
    public void EndBefore(long id)
    {
        while (_open.Count > 0 && _open[0].Id != id && _open.Exists(s => s.Id == id))
        {
            var section = _open[0];
            if (!hasJournal)
            {
                End(section, section.EndUs, new SectionClosed(section.Id, EndCause.Disconnected, section.Samples, 0, section.EndUs));
            }
            else
            {
                EndIncomplete(section);
            }
        }
    }

    /// <summary>Ends the sections of which something is here.</summary>
    public void EndBegun()
    {
        foreach (var section in _open.Where(s => s.Segments > 0).ToList())
        {
            EndIncomplete(section);
        }
    }

    /// <summary>Ends all.</summary>
    public void EndAll()
    {
        foreach (var section in _open.ToList())
        {
            EndIncomplete(section);
        }
    }

    /// <summary>Ends a section that will never be complete. The time it would have had is explained, and so is what came after it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="untilUs">Where it ended at the source, if that is known.</param>
    public void EndIncomplete(ReceivedSection section, long? untilUs = null)
    {
        End(section, section.EndUs, new SectionClosed(section.Id, EndCause.PurgedOnRecorder, section.Samples, 0, section.EndUs));
        if ((untilUs ?? section.Pending?.Closed.AtUs) is not { } until || until <= section.EndUs)
        {
            return;
        }

        // From the section's start on: what is here needs no explanation.
        var fromUs = section.StartUs ?? section.Id;
        Entries.Add(new PlannedEntry(section.EndUs, new Trouble(GapCause.PurgedOnRecorder, fromUs, until)));
        if (section.Pending?.Closed.Cause.ToGapCause() is { } after)
        {
            Entries.Add(new PlannedEntry(section.EndUs, new Trouble(after, until)));
        }
    }

    private void EndIfComplete(ReceivedSection section)
    {
        if (section.Pending is not { Closed: var closed } pending)
        {
            return;
        }

        PullRules.Require(
            section.Samples <= closed.Samples,
            $"section {section.Id} has {section.Samples} samples, more than {closed.Samples}"
        );
        if (section.Samples == closed.Samples)
        {
            End(section, pending.AtUs, closed);
        }
    }

    private void End(ReceivedSection section, long atUs, SectionClosed closed)
    {
        Entries.Add(new PlannedEntry(atUs, closed));
        _ended.Add(section.Id);
        _open.RemoveAll(s => s.Id == section.Id);
    }

    private ReceivedSection Change(ReceivedSection changed)
    {
        _open[_open.FindIndex(s => s.Id == changed.Id)] = changed;
        return changed;
    }
}

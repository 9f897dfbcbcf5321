using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// The invariants a recorder's writer cannot break, checked before each write: one open section at a time, sections that never overlap in time
/// (I2), no hole and no repeat of samples inside a section. What is refused here is a bug upstream; nothing of the batch is written.
/// </summary>
internal sealed class WriteRules(Database database)
{
    private Open? _open;
    private long _lastSectionId;

    /// <summary>Reads the state from the file: at the start and after every rollback.</summary>
    public void Reload()
    {
        _lastSectionId = Math.Max(
            database.Long("select max(id) from sections"),
            Math.Max(
                database.Long("select max(section_id) from removals"),
                long.TryParse(ShowMetadata.Get(database, ShowMetadata.PendingSection), out var pending) ? pending : 0
            )
        );
        using var row = database.Query(
            """
            select section_id, samples, segments, (select max(sample) from anchors where anchors.section_id = section_facts.section_id)
            from section_facts where ended = 0 order by section_id desc limit 1
            """
        );
        _open = row.Step() ? new Open(row.Long(0), row.Long(1), row.Long(2), row.LongOrNull(3)) : null;
    }

    /// <summary>The largest section id ever given.</summary>
    public long LastSectionId => _lastSectionId;

    /// <summary>Checks a journal entry and remembers what it changes.</summary>
    public void Admit(JournalBody body)
    {
        switch (body)
        {
            case SectionOpened opened:
                Require(_open is null, $"section {opened.Section} cannot open while section {_open?.Id} is open");
                Require(opened.Section > _lastSectionId, $"section {opened.Section} is not above {_lastSectionId}");
                Require(opened is { Rate: > 0, Channels: > 0 }, $"section {opened.Section} needs a rate and channels");
                _open = new Open(opened.Section, 0, 0, null);
                _lastSectionId = opened.Section;
                break;
            case AnchorSet anchor:
                AdmitAnchor(anchor);
                break;
            case TitleSet title:
                RequireOpen(title.Section);
                break;
            case SectionClosed closed:
                var section = RequireOpen(closed.Section);
                Require(closed.Samples == section.Samples, $"section {closed.Section} has {section.Samples} samples, not {closed.Samples}");
                _open = null;
                break;
        }
    }

    /// <summary>Checks a segment and counts it; true when it is its section's first.</summary>
    public bool Admit(in NewSegment segment)
    {
        var section = RequireOpen(segment.SectionId);
        Require(section.LastAnchor is not null, $"section {segment.SectionId} needs its start anchor before its first segment");
        Require(
            segment.FirstSample == section.Samples,
            $"section {segment.SectionId} goes on at sample {section.Samples}, not {segment.FirstSample}"
        );
        Require(segment.DurationSamples >= 0 && segment.Data.Length > 0, "a segment needs bytes and a duration");
        _open = section with { Samples = section.Samples + segment.DurationSamples, Segments = section.Segments + 1 };
        return section.Segments == 0;
    }

    private void AdmitAnchor(AnchorSet anchor)
    {
        var section = RequireOpen(anchor.Section);
        Require(
            (anchor.Cause == AnchorCause.Start) == section.LastAnchor is null,
            $"section {anchor.Section} has one start anchor, and it is the first"
        );
        Require(
            anchor.Sample >= (section.LastAnchor ?? 0),
            $"anchors of section {anchor.Section} cannot go back to sample {anchor.Sample}"
        );
        if (anchor.Cause == AnchorCause.Start)
        {
            var covered = CoveredUntilUs(database, anchor.Section);
            Require(
                covered is null || anchor.UtcUs >= covered,
                $"section {anchor.Section} would begin at {anchor.UtcUs} µs, before the end of the section before it at {covered} µs"
            );
        }

        _open = section with { LastAnchor = anchor.Sample };
    }

    /// <summary>The latest end of all sections with sound but one.</summary>
    public static long? CoveredUntilUs(Database database, long except)
    {
        using var row = database.Query("select max(end_us) from section_facts where section_id <> ?1 and segments > 0").Bind(1, except);
        return row.Step() ? row.LongOrNull(0) : null;
    }

    private Open RequireOpen(long sectionId)
    {
        Require(_open?.Id == sectionId, $"section {sectionId} is not open");
        return _open!;
    }

    private static void Require(bool rule, string broken)
    {
        if (!rule)
        {
            throw new StorageException(StorageFault.RuleBroken, $"Refused to write: {broken}.");
        }
    }

    private sealed record Open(long Id, long Samples, long Segments, long? LastAnchor);
}

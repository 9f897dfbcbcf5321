using AudioRelay.Storage;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Makes of a spool what the store lacks. Pure; the same again when it is killed itself and begins anew.</summary>
public static class SpoolRecovery
{
    /// <summary>Reads a spool.</summary>
    /// <param name="spool">Its bytes; may be torn anywhere.</param>
    /// <param name="last">The store's newest section; null when it has none.</param>
    /// <param name="nowUs">UTC µs, for the journal.</param>
    public static RecoveredSpool Recover(ReadOnlySpan<byte> spool, SectionInfo? last, long nowUs)
    {
        var hashes = new List<ulong>();
        var sections = Read(spool, last, hashes);
        var batch = new StoreBatch();
        if (last is { Ended: false } && sections.TrueForAll(s => s.Facts.Id != last.Id))
        {
            // No spool tells of it: it ends where the store's last segment does.
            batch.Add(nowUs, new SectionClosed(last.Id, EndCause.NotRunning, last.Samples, 0, last.EndUs));
        }

        foreach (var section in sections)
        {
            var stored = last is not null && section.Facts.Id == last.Id;
            if (!(stored && last!.Ended))
            {
                section.Store(batch, nowUs, isNew: !stored, close: true);
            }
        }

        return new RecoveredSpool(batch, Resume(sections, hashes));
    }

    private static List<SpooledSection> Read(ReadOnlySpan<byte> spool, SectionInfo? last, List<ulong> hashes)
    {
        var sections = new List<SpooledSection>();
        var reader = new SpoolReader(spool);
        SpooledSection? at = null;
        while (reader.Next())
        {
            switch (reader.Kind)
            {
                case SpoolRecordKind.Section:
                    var facts = reader.Section();
                    at = facts.Id < last?.Id ? null : new SpooledSection(facts, facts.Id == last?.Id ? last.Samples : 0);
                    if (at is not null)
                    {
                        sections.Add(at);
                    }

                    break;
                case SpoolRecordKind.History:
                    hashes.Clear();
                    while (!reader.Rest.IsEmpty)
                    {
                        hashes.Add(reader.Hash());
                    }

                    break;
                case SpoolRecordKind.KnownAnchor:
                    at?.Add(reader.Anchor(), known: true);
                    break;
                case SpoolRecordKind.Anchor:
                    at?.Add(reader.Anchor(), known: false);
                    break;
                case SpoolRecordKind.Title:
                    at?.AddTitle(reader.Long(), reader.Text());
                    break;
                case SpoolRecordKind.Chunk:
                    var chunk = new SpoolChunk(reader.Long(), reader.Long(), reader.Long());
                    for (var count = reader.Int(); count > 0; count--)
                    {
                        hashes.Add(reader.Hash());
                    }

                    at?.AddChunk(chunk, reader.Rest);
                    break;
                case SpoolRecordKind.End:
                    at?.SetEnd((EndCause)reader.Byte(), reader.Int());
                    break;
                default:
                    break; // a later version's record: its length is enough to pass it over
            }
        }

        sections.RemoveAll(s => !s.HasAnchors);
        return sections;
    }

    private static SpoolResume? Resume(List<SpooledSection> sections, List<ulong> hashes)
    {
        if (sections.Count == 0 || hashes.Count == 0)
        {
            return null;
        }

        var section = sections[^1];
        var map = section.Map;
        var unstored = section.End is null ? Math.Max(0, section.SourceEnd - section.Until) : 0;
        return new SpoolResume
        {
            Format = section.Facts.Source,
            Hashes = hashes,
            SourceEndUs = map.UtcUsAt(section.Until + unstored),
            StoredEndUs = map.UtcUsAt(section.Until),
            Unstored = unstored,
            Rate = section.Facts.Rate,
        };
    }
}

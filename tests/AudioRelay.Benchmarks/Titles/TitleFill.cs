using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Benchmarks.Titles;

/// <summary>Fills received shows with titles, as pulls would: sections of a day, a title every 200 seconds, one small segment a section.</summary>
internal static class TitleFill
{
    public const long SecondsApart = 200;
    public const long Begin = 1_500_000_000_000_000;
    private const int Rate = 48_000;
    private const long Second = 1_000_000;
    private const int PerSection = 432;
    private const int SectionsPerPull = 10;

    public static async Task Show(IReceivedStores stores, string name, int titles, Func<int, string> text)
    {
        await using var store = await stores.OpenOrCreateAsync(new SourceShow(name, "recorder", name, "db_" + name, "opus", "16", "48000"));
        var at = await store.ClaimAsync();
        var (journal, segments, seq) = (new List<JournalEntry>(), new List<PulledSegment>(), 0L);
        for (var first = 0; first < titles; first += PerSection)
        {
            var (section, count) = (Begin + (first * SecondsApart * Second), Math.Min(PerSection, titles - first));
            void Tell(JournalBody body) => journal.Add(new JournalEntry(++seq, section, body));
            Tell(new SectionOpened(section, "opus", Rate, 1, 312, 960));
            Tell(new AnchorSet(section, 0, section, AnchorCause.Start));
            for (var i = 0; i < count; i++)
            {
                Tell(new TitleSet(section, i * SecondsApart * Rate, text(first + i)));
            }

            var samples = count * SecondsApart * Rate;
            segments.Add(
                new PulledSegment((first / PerSection) + 1, section, true, samples, section / 1000, new byte[4], ReadOnlyMemory<byte>.Empty)
            );
            Tell(new SectionClosed(section, EndCause.WindowEnd, samples, 0, section + (count * SecondsApart * Second)));
            if (segments.Count == SectionsPerPull || first + count >= titles)
            {
                var batch = new PulledBatch
                {
                    Journal = journal,
                    Segments = segments,
                    NextId = segments[^1].SourceId + 1,
                    JournalSeq = seq,
                };
                at = (await store.CommitAsync(at, batch)).Checkpoint;
                journal.Clear();
                segments.Clear();
            }
        }
    }
}

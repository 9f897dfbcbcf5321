using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Tests.Conformance;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>Writes a script into a received store the way sync does: through commits, a few segments each.</summary>
public static class ReceivedScript
{
    /// <summary>Commits the script. The show's name is <c>show</c>; ids at the source are far from those here.</summary>
    public static async Task FeedAsync(IReceivedStore store, ShowScript script, int segmentsPerBatch = 2)
    {
        const long FirstId = 1001;
        var (seq, id) = (0L, FirstId);
        var journal = new List<JournalEntry>();
        var segments = new List<PulledSegment>();
        foreach (var section in script.Sections)
        {
            var startUs = section.StartMs * 1000;
            var total = section.Segments * section.SamplesEach;
            journal.Add(new JournalEntry(++seq, startUs, new SectionOpened(section.Id, "opus", ShowScript.Rate, 1, 312, 960)));
            journal.Add(new JournalEntry(++seq, startUs, new AnchorSet(section.Id, 0, startUs, AnchorCause.Start)));
            journal.Add(new JournalEntry(++seq, startUs, new SectionClosed(section.Id, EndCause.WindowEnd, total, 0, startUs)));
            for (var i = 0; i < section.Segments; i++)
            {
                var atMs = section.StartMs + (i * section.SamplesEach * 1000 / ShowScript.Rate);
                segments.Add(new PulledSegment(id++, section.Id, i == 0, section.SamplesEach, atMs, section.Data(i), default));
            }
        }

        var at = await store.ClaimAsync();
        foreach (var chunk in segments.Chunk(segmentsPerBatch))
        {
            var batch = new PulledBatch
            {
                Journal = journal,
                Segments = chunk,
                NextId = chunk[^1].SourceId + 1,
                JournalSeq = seq,
            };
            at = (await store.CommitAsync(at, batch)).Checkpoint;
            journal = [];
        }
    }
}

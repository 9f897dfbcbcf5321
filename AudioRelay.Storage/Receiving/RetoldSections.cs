using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Receiving;

/// <summary>
/// The journal of a recorder that had none when its segments were pulled (a version 1 recorder that was upgraded in place): it tells all of its
/// past at once, also of sections that were read here long ago. Those that are here are known; those that retention has removed here since
/// may be forgotten, and must not come back as sections without sound.
/// </summary>
internal static class RetoldSections
{
    /// <summary>The sections of a first journal of which nothing will be asked for any more.</summary>
    /// <param name="batch">The batch that brings the journal.</param>
    /// <param name="state">What is here.</param>
    public static IEnumerable<long> ReadBefore(PulledBatch batch, ReceivedState state)
    {
        // A recorder tells of its sections in the order of their segments: whatever was opened before one that is here was read before it,
        // and so was what was opened before the section of the first segment that follows.
        var first = batch.Segments.Count > 0 ? batch.Segments[0].SectionId : (long?)null;
        var opened = batch.Journal.Where(e => e.Body is SectionOpened).ToList();
        var last = opened.FindLastIndex(e => SectionOf(e) is var id && (id == first || state.Past.Contains(id) || IsOpen(state, id)));
        if (last < 0 && first is null)
        {
            // Nothing is left here to compare with, and nothing follows: the time of what was read last tells.
            last = opened.FindLastIndex(e => e.AtUs <= state.JournalUs) + 1;
        }

        return opened.Take(Math.Max(last, 0)).Select(SectionOf).Where(id => !IsOpen(state, id));
    }

    private static long SectionOf(JournalEntry entry) => ((SectionOpened)entry.Body).Section;

    private static bool IsOpen(ReceivedState state, long section) => state.Open.Any(s => s.Id == section);
}

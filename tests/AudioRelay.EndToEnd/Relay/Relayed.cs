using System.Text.Json;
using AudioRelay.EndToEnd.Support;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>Whether a receiver has what its recorder has.</summary>
internal static class Relayed
{
    /// <summary>Waits until everything that the recorder's files have now has been read, with the journal to its end.</summary>
    public static Task CatchesUp(this ReceiverRun receiver, TempReceiver here, TempConfig there, IReadOnlyList<string> shows) =>
        receiver.Events.Until(
            () => shows.All(show => receiver.Events[show] is not null && IsThere(here, there, show)),
            $"the receiver to have all of {string.Join(", ", shows)}"
        );

    /// <summary>Fails unless the receiver has each segment of the recorder's file once, byte for byte, in its place, and every fact.</summary>
    /// <returns>How many segments there are.</returns>
    public static int SameAsRecorded(TempReceiver here, TempConfig there, string show)
    {
        using var recorded = KeptShow.OfFile(there.Database(show));
        using var received = here.Kept(show);
        Assert.Equal("ok", recorded.Integrity);
        Assert.Equal("ok", received.Integrity);
        var store = recorded.UniqueId;
        Assert.NotEqual(store, received.UniqueId);

        var source = recorded.Segments;
        var kept = received.Segments;
        Assert.All(kept, segment => Assert.Equal(segment.Sha256, segment.Hash));
        Assert.Equal(kept.Count, kept.DistinctBy(segment => (segment.Source, segment.SourceId)).Count());
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(id => (long)id), kept.Select(segment => segment.Id));
        Assert.Equal(source.Select(segment => segment with { Id = 0, Source = store }), kept.Select(segment => segment with { Id = 0 }));
        Assert.Equal(recorded.Facts, received.Facts);
        Assert.Equal(recorded.Journal, received.Journal);
        return source.Count;
    }

    /// <summary>The gaps of a show with their causes, as a player is told them.</summary>
    public static async Task<string> Gaps(Func<string, Task<JsonElement>> ask, string show, long fromMs, long toMs)
    {
        var timeline = await ask($"/api/show/{show}/timeline?from_ms={fromMs}&to_ms={toMs}");
        return timeline.GetProperty("gaps").ToString();
    }

    private static bool IsThere(TempReceiver here, TempConfig there, string show)
    {
        using var recorded = KeptShow.OfFile(there.Database(show));
        using var received = here.Kept(show);
        var (maxId, journalSeq) = recorded.End;
        return received.Checkpoint == (maxId + 1, journalSeq);
    }
}

using AudioRelay.Http.Shows;
using AudioRelay.Storage;
using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Http.Playback;

/// <summary>How near to now a show can be heard.</summary>
/// <param name="Growing">Its newest section has not ended, and grew in the last five minutes: there is something to follow.</param>
/// <param name="SegmentId">The newest segment; null when there is no sound.</param>
/// <param name="SectionId">Its section.</param>
/// <param name="EndUs">UTC µs of the end of the newest sound.</param>
/// <param name="BehindMs">How long ago that was, by this machine's clock: what a listener at the very end is behind. Null without sound.</param>
/// <param name="NowUs">This machine's clock, UTC µs, so that a player with another clock can count on.</param>
/// <param name="KnownUntilUs">UTC µs up to which it is known what there is and what is missing.</param>
/// <param name="LastDelayMs">On a receiver, from hearing of the newest segment to its being playable here.</param>
internal sealed record LiveAnswer(
    bool Growing,
    long? SegmentId,
    long? SectionId,
    long? EndUs,
    long? BehindMs,
    long NowUs,
    long KnownUntilUs,
    long? LastDelayMs
)
{
    /// <summary>The longest that sound is heard before it is committed: a segment of a minute, and some delay.</summary>
    private static readonly long OnItsWayUs = TimeSpan.FromSeconds(90).Ticks / TimeSpan.TicksPerMicrosecond;

    public static async Task<LiveAnswer> ReadAsync(ServedShow show, long nowUs, SyncBoard? board, CancellationToken cancel)
    {
        var sections = await show.Reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
        var newest = sections is [var section] ? section : null;
        var info = await show.Reader.InfoAsync(cancel);
        var heard = Math.Min(nowUs, info.KnownUntilUs ?? nowUs);
        var growing = newest?.IsOver(nowUs) == false;
        // What is being recorded at this moment is not missing yet.
        var known = growing && heard - newest!.EndUs < OnItsWayUs ? Math.Min(newest.EndUs, heard) : heard;
        var delay = board?.Find(show.Name)?.LastDelay;
        return new LiveAnswer(
            growing,
            newest?.LastSegmentId,
            newest?.Id,
            newest?.EndUs,
            newest is null ? null : Math.Max(0, nowUs - newest.EndUs) / 1000,
            nowUs,
            known,
            delay is { } span ? (long)Math.Round(span.TotalMilliseconds) : null
        );
    }
}

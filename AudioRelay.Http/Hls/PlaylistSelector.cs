using AudioRelay.Http.Playback;
using AudioRelay.Http.Shows;
using AudioRelay.Media.Hls;
using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Hls;

/// <summary>Finds the segments of a playlist. The rules of which range is of which kind are all here.</summary>
/// <remarks>
/// The end of a list is a promise that it never gets longer, so it follows from facts: of what is known to have ended, up to when it is
/// known. On a receiver that reaches as far as has been pulled, however late it is; while its recorder is away an open section may go on.
/// </remarks>
/// <param name="reader">The store.</param>
/// <param name="state">How it stands; read before this is asked.</param>
/// <param name="format">The kind of playlist.</param>
/// <param name="nowUs">Now.</param>
/// <param name="mode">One of <see cref="ShowModes"/>.</param>
internal sealed class PlaylistSelector(IShowReader reader, ShowInfo state, PlaylistFormat format, long nowUs, string mode)
{
    /// <summary>The longest that sound is heard before it is committed: a segment of a minute, and some delay.</summary>
    private static readonly long OnItsWayUs = PlaylistLimits.Us(TimeSpan.FromSeconds(90));

    private const int SectionPage = 100;

    /// <summary>A selection, or why there is none.</summary>
    public async Task<(PlaylistSelection? Selection, PlaylistRefusal? Refusal)> SelectAsync(PlaylistRange range, CancellationToken cancel)
    {
        switch (range)
        {
            case PlaylistRange.Ids { End: { } end } ids when end < ids.Start:
            case PlaylistRange.Times times when times.ToUs < times.FromUs:
                return (null, PlaylistRefusal.Bad("The range ends before it begins."));
        }

        var last = await reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
        if (last is not [var newest] || !format.Codecs.Contains(newest.Codec))
        {
            return (null, await NothingHere(last, cancel));
        }

        var plan = await PlanAsync(range, newest, cancel);
        if (plan.Refusal is not null)
        {
            return (null, plan.Refusal);
        }

        var segments = await reader.SegmentsAsync(plan.Query, cancel);
        var held = Hold(segments, await SectionsOfAsync(segments, cancel), plan);
        if (held.Segments.Count == 0)
        {
            return (null, await Missing(range, cancel));
        }

        return plan.Kind == PlaylistKind.Vod && Seconds(held) > PlaylistLimits.Finished.TotalSeconds
            ? (null, PlaylistRefusal.TooLong)
            : (held, null);
    }

    private async Task<Plan> PlanAsync(PlaylistRange range, SectionInfo newest, CancellationToken cancel)
    {
        switch (range)
        {
            case PlaylistRange.Ids { End: { } end } ids when end <= state.MaxId:
                return await BeyondLimitAsync(ids.Start, end, cancel)
                    ? Plan.Refused(PlaylistRefusal.TooLong)
                    : new Plan(PlaylistKind.Vod, new SegmentQuery(FromId: ids.Start, ToId: end));

            case PlaylistRange.Ids ids:
                // An end that is not recorded yet is none so far.
                var from = new SegmentQuery(FromId: ids.Start, ToId: ids.End);
                if (await StateAsync(newest, cancel) is var growth and not State.Finished)
                {
                    return Plan.Following(from, growth);
                }

                return await BeyondLimitAsync(ids.Start, long.MaxValue, cancel)
                    ? Plan.Refused(PlaylistRefusal.TooLong)
                    : new Plan(PlaylistKind.Vod, from);

            case PlaylistRange.Section { Id: var id }:
                var whole = new SegmentQuery(SectionId: id);
                var section = await reader.SectionAsync(id, cancel);
                return section is null || (IsOver(section) && Settled(section.EndUs))
                    ? new Plan(PlaylistKind.Vod, whole)
                    : Plan.Following(whole, IsOver(section) ? State.Settling : State.Growing);

            case PlaylistRange.Times times:
                return PlanOf(times, await KnownUntilUsAsync(newest, cancel));

            case PlaylistRange.Live:
                var since = newest.EndUs - PlaylistLimits.Us(PlaylistLimits.Live);
                return new Plan(PlaylistKind.Live, new SegmentQuery(Overlapping: new UtcRange(since, long.MaxValue)));

            default:
                var start = newest.EndUs - PlaylistLimits.Us(PlaylistLimits.Finished) + 1;
                var week = new UtcRange(start, long.MaxValue);
                // One that has outgrown what may grow is given as it stands: there is no other end to ask for.
                var held = TotalSeconds(await reader.SectionsAsync(new SectionQuery(week), cancel));
                var now = held > PlaylistLimits.Growing.TotalSeconds ? State.Finished : await StateAsync(newest, cancel);
                var query = new SegmentQuery(Overlapping: week);
                return now == State.Finished ? new Plan(PlaylistKind.Vod, query, Clip: true) : Plan.Following(query, now);
        }
    }

    /// <summary>The sections that the segments are of, in order. Only these are read: a show that was recorded for a year has many more.</summary>
    private async ValueTask<IReadOnlyList<SectionInfo>> SectionsOfAsync(IReadOnlyList<SegmentInfo> segments, CancellationToken cancel)
    {
        if (segments.Count == 0 || await reader.SectionAsync(segments[0].SectionId, cancel) is not { } first)
        {
            return [];
        }

        if (first.Id == segments[^1].SectionId)
        {
            return [first];
        }

        return await reader.SectionAsync(segments[^1].SectionId, cancel) is { } last
            ? await reader.SectionsAsync(new SectionQuery(new UtcRange(first.StartUs, last.EndUs)), cancel)
            : [first];
    }

    private Plan PlanOf(PlaylistRange.Times times, long knownUs)
    {
        var asked = new UtcRange(times.FromUs, times.ToUs);
        var growth =
            asked.UntilUs > knownUs ? State.Growing
            : Settled(asked.UntilUs, knownUs) ? State.Finished
            : State.Settling;
        var mayGrow = asked.LengthUs <= PlaylistLimits.Us(PlaylistLimits.Growing);
        if (asked.UntilUs > nowUs && !mayGrow)
        {
            return Plan.Refused(PlaylistRefusal.TooLongToGrow);
        }

        if (asked.LengthUs > PlaylistLimits.Us(PlaylistLimits.Finished))
        {
            return Plan.Refused(PlaylistRefusal.TooLong);
        }

        var query = new SegmentQuery(Overlapping: asked);
        return (growth, mayGrow) switch
        {
            (State.Finished, _) or (State.Settling, false) => new Plan(PlaylistKind.Vod, query),
            // Its time has passed, but what is here does not reach its end yet: whole, as a finished one is, but without an end.
            (_, false) => Plan.Following(query, growth) with { Longest = null },
            _ => Plan.Following(query, growth),
        };
    }

    private bool Settled(long endUs, long? knownUs = null) =>
        endUs + PlaylistLimits.Us(PlaylistLimits.Settling) <= Math.Min(nowUs, knownUs ?? state.KnownUntilUs ?? nowUs);

    /// <summary>
    /// Nothing will be added to it. That nobody has added anything for a while means it only for a file that is looked at: nobody may be
    /// there to end it. A recorder ends its sections, and a receiver's may go on when its recorder is back.
    /// </summary>
    private bool IsOver(SectionInfo section) =>
        section.Ended || (mode == ShowModes.Inspect && state.KnownUntilUs is null && section.IsOver(nowUs));

    /// <summary>Up to when nothing more comes.</summary>
    private async ValueTask<long> KnownUntilUsAsync(SectionInfo newest, CancellationToken cancel)
    {
        if (state.KnownUntilUs is { } pulled)
        {
            return Math.Min(pulled, nowUs);
        }

        if (!IsOver(newest))
        {
            return Math.Min(newest.EndUs, nowUs);
        }

        // A section may have begun of which nothing is committed yet.
        var wanted = newest.EndUs < nowUs && (await reader.WindowsAsync(new UtcRange(newest.EndUs, nowUs), cancel)).Count > 0;
        return wanted ? Math.Max(newest.EndUs, nowUs - OnItsWayUs) : nowUs;
    }

    private async ValueTask<State> StateAsync(SectionInfo newest, CancellationToken cancel) =>
        await GrowsAsync(newest, cancel) ? State.Growing
        : Settled(newest.EndUs) ? State.Finished
        : State.Settling;

    /// <summary>More may come: the newest section has not ended, or a window is open in which the next one will begin.</summary>
    private async ValueTask<bool> GrowsAsync(SectionInfo newest, CancellationToken cancel)
    {
        if (!IsOver(newest))
        {
            return true;
        }

        var windows = await reader.WindowsAsync(new UtcRange(nowUs, nowUs + 1), cancel);
        return windows.Any(window => window.UntilUs is null || window.UntilUs > nowUs);
    }

    /// <summary>
    /// Refuses early what is too long, without reading its segments, and without reading on when it is. Sections that are cut by the range
    /// do not count.
    /// </summary>
    private async ValueTask<bool> BeyondLimitAsync(long start, long end, CancellationToken cancel)
    {
        var begins = await reader.SegmentsAsync(new SegmentQuery(FromId: start, ToId: end, Limit: 1), cancel);
        if (begins is not [var segment] || await reader.SectionAsync(segment.SectionId, cancel) is not { } first)
        {
            return false;
        }

        var seconds = 0.0;
        var page = new SectionQuery(new UtcRange(first.StartUs, long.MaxValue), Limit: SectionPage);
        while (true)
        {
            var sections = await reader.SectionsAsync(page, cancel);
            seconds += TotalSeconds(sections.Where(section => section.FirstSegmentId >= start && section.LastSegmentId <= end));
            if (seconds > PlaylistLimits.Finished.TotalSeconds)
            {
                return true;
            }

            if (sections.Count < SectionPage || sections[^1].FirstSegmentId > end)
            {
                return false;
            }

            page = page with { After = sections[^1].Id };
        }
    }

    private static double TotalSeconds(IEnumerable<SectionInfo> sections) =>
        sections.Sum(section => (double)section.Samples / section.Rate);

    private static double Seconds(PlaylistSelection selection) => selection.Segments.Sum(selection.SecondsOf);

    /// <summary>Keeps what one list can hold: one codec, and no more than the kind allows.</summary>
    private PlaylistSelection Hold(IReadOnlyList<SegmentInfo> segments, IReadOnlyList<SectionInfo> sections, Plan plan)
    {
        var byId = sections.ToDictionary(section => section.Id);
        var known = segments.Where(segment =>
            byId.TryGetValue(segment.SectionId, out var section) && format.Codecs.Contains(section.Codec)
        );
        var playable = known.ToList();
        if (playable.Count > 0)
        {
            var live = plan.Kind == PlaylistKind.Live;
            var codec = byId[(live ? playable[^1] : playable[0]).SectionId].Codec;
            // A sliding window counts its segments, so it begins after the last change; others may leave some out.
            playable = live
                ? playable[(playable.FindLastIndex(segment => byId[segment.SectionId].Codec != codec) + 1)..]
                : playable.FindAll(segment => byId[segment.SectionId].Codec == codec);
        }

        var selection = new PlaylistSelection(plan.Kind, plan.Ended, playable, byId);
        if (plan.Longest is not { } longest)
        {
            return plan.Clip ? Newest(selection) : selection;
        }

        var seconds = 0.0;
        var fits = playable.FindIndex(segment => (seconds += selection.SecondsOf(segment)) > longest.TotalSeconds);
        return fits < 0 ? selection : selection with { Ended = true, Segments = playable[..fits] };
    }

    /// <summary>The newest that fit into seven days of sound: a hair over is cut at the front, not refused.</summary>
    private static PlaylistSelection Newest(PlaylistSelection selection)
    {
        var seconds = 0.0;
        var from = selection.Segments.Count;
        while (from > 0 && (seconds += selection.SecondsOf(selection.Segments[from - 1])) <= PlaylistLimits.Finished.TotalSeconds)
        {
            from--;
        }

        return from == 0 ? selection : selection with { Segments = [.. selection.Segments.Skip(from)] };
    }

    private async ValueTask<PlaylistRefusal> NothingHere(IReadOnlyList<SectionInfo> newest, CancellationToken cancel)
    {
        if (newest is [var section])
        {
            return PlaylistRefusal.NotFound($"This show holds {section.Codec}, which {format.FileName} cannot list.");
        }

        var info = await reader.InfoAsync(cancel);
        return PlaylistRefusal.NotFound($"Show '{info.Name}' has no sound yet.");
    }

    private async ValueTask<PlaylistRefusal> Missing(PlaylistRange range, CancellationToken cancel)
    {
        var removed = range switch
        {
            PlaylistRange.Ids { End: { } end } => (await reader.SegmentAsync(end, cancel)).Presence == Presence.Removed,
            PlaylistRange.Section { Id: var id } => await reader.SectionPresenceAsync(id, cancel) == Presence.Removed,
            _ => false,
        };
        return removed
            ? PlaylistRefusal.Gone("This sound is no longer kept.")
            : PlaylistRefusal.NotFound("There is no sound in this range.");
    }

    /// <summary>Whether a range may still get longer.</summary>
    private enum State
    {
        /// <summary>More may come.</summary>
        Growing,

        /// <summary>It ended a moment ago: those who followed it have yet to see its end.</summary>
        Settling,

        /// <summary>It is over.</summary>
        Finished,
    }

    private sealed record Plan(PlaylistKind Kind, SegmentQuery Query, TimeSpan? Longest = null, bool Clip = false)
    {
        public PlaylistRefusal? Refusal { get; private init; }

        public bool Ended { get; private init; } = Kind == PlaylistKind.Vod;

        public static Plan Refused(PlaylistRefusal refusal) => new(PlaylistKind.Vod, new SegmentQuery()) { Refusal = refusal };

        /// <summary>Something to follow from its beginning, for as long as that may be.</summary>
        public static Plan Following(SegmentQuery query, State state) =>
            new(PlaylistKind.Event, query, PlaylistLimits.Growing) { Ended = state != State.Growing };
    }
}

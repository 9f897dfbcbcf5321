using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>One turn of pulling: short, byte-capped pulls, each committed whole, until everything is here or it is another show's turn.</summary>
/// <remarks>While one pull is being committed the next one is fetched, so that neither the line nor the store waits for the other.</remarks>
/// <param name="client">The recorder.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="limits">How much at a time.</param>
/// <param name="time">The clock.</param>
/// <param name="committed">Hears of each commit at once, with how far the turn has come, on the turn's own thread.</param>
internal sealed class PullTurn(
    IRecorderClient client,
    IReceivedStore store,
    PullLimits limits,
    TimeProvider time,
    Action<TurnResult, CommitResult> committed
)
{
    private readonly string _show = store.Source.SourceName;
    private Task<SegmentBatch>? _next;
    private long _askedUntil;
    private long _began;

    /// <summary>Pulls.</summary>
    /// <param name="from">Where the show stands.</param>
    /// <param name="head">How far the source reaches; may grow meanwhile.</param>
    /// <param name="ahead">What an earlier turn has fetched of the journal; null for nothing.</param>
    /// <param name="token">Ends the turn before its next commit; one that has begun is finished, so that its outcome is known.</param>
    /// <returns>How far it got. Troubles of recorder and store are in the result; anything else is a fault of ours and thrown.</returns>
    public async Task<TurnResult> RunAsync(SyncCheckpoint from, HeadCell head, JournalAhead? ahead, CancellationToken token)
    {
        _began = time.GetTimestamp();
        var result = new TurnResult(from) { Ahead = ahead };
        using var fetching = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            while (head.Latest is { } goal && goal.Store == from.SourceStore && goal.IsAheadOf(result.At))
            {
                if (result.CommittedUs is not null && IsOver)
                {
                    break;
                }

                var after = await Pull(result, goal, fetching.Token);
                if (after.EmptyUntil is not null)
                {
                    return after;
                }

                result = after;
            }

            return result;
        }
        catch (Exception error) when (error is RecorderException or StorageException || token.IsCancellationRequested)
        {
            return result with { Ahead = null, Fault = error };
        }
        finally
        {
            await fetching.CancelAsync();
            await LeaveFetched();
        }
    }

    private bool IsOver => limits.IsOver(time.GetElapsedTime(_began));

    private async Task<TurnResult> Pull(TurnResult before, SourceHead goal, CancellationToken token)
    {
        var at = before.At;
        var fetch = _next ?? Fetch(at.NextId, goal, token);
        _next = fetch; // until it is awaited it is the one that must not be forgotten
        var ahead = before.Ahead ?? new JournalAhead(at.JournalSeq);
        if (ahead.IsEmpty && !ahead.Covers(null, goal.JournalSeq ?? 0))
        {
            await FetchJournal(ahead, goal, token);
        }

        using var fetched = await fetch;
        _next = null;
        var segments = fetched.Segments;
        if (segments.Count == 0 && at.NextId <= goal.MaxId)
        {
            return before with { EmptyUntil = _askedUntil };
        }

        var nextId = segments.Count == 0 ? at.NextId : segments[^1].Id + 1;
        var isLast = nextId > goal.MaxId;
        var lastSection = isLast ? (long?)null : segments[^1].SectionId;
        while (!ahead.Covers(lastSection, goal.JournalSeq ?? 0))
        {
            await FetchJournal(ahead, goal, token);
        }

        if (!isLast && !IsOver)
        {
            _next = Fetch(nextId, goal, token);
        }

        token.ThrowIfCancellationRequested();
        var batch = Compose(segments, nextId, goal, ahead, lastSection);
        var commit = await store.CommitAsync(at, batch, CancellationToken.None);
        var result = before with
        {
            At = commit.Checkpoint,
            Ahead = ahead,
            Bytes = before.Bytes + fetched.Bytes,
            CommittedUs = Capture.Moment.Of(time).UtcUs,
            Delay = isLast && segments.Count > 0 ? time.GetElapsedTime(goal.HeardAt) : before.Delay,
            Verified = segments.Count > 0 ? fetched.Version == WireVersion.Two : before.Verified,
        };
        committed(result, commit.Stored);
        return result;
    }

    private PulledBatch Compose(IReadOnlyList<WireSegment> wire, long nextId, SourceHead goal, JournalAhead ahead, long? lastSection)
    {
        var segments = new PulledSegment[wire.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var s = wire[i];
            segments[i] = new PulledSegment(s.Id, s.SectionId, s.StartsSection, s.DurationSamples, s.TimestampMs, s.Data, s.Sha256)
            {
                IsHashChecked = !s.Sha256.IsEmpty, // by the client: it gives nothing else
            };
        }

        if (goal.JournalSeq is null)
        {
            return new PulledBatch
            {
                Journal = V1Journal.Of(store.Source, segments),
                Segments = segments,
                NextId = nextId,
                JournalSeq = 0,
            };
        }

        var (entries, seq) = ahead.Take(lastSection);
        return new PulledBatch
        {
            Journal = entries,
            Segments = segments,
            NextId = nextId,
            JournalSeq = seq,
        };
    }

    private Task<SegmentBatch> Fetch(long fromId, SourceHead goal, CancellationToken token)
    {
        _askedUntil = goal.MaxId;
        var most = goal.JournalSeq is null ? Math.Min(limits.Segments, PullLimits.OfPredecessor) : limits.Segments;
        return fromId > goal.MaxId
            ? Task.FromResult(new SegmentBatch([], WireVersion.Two, 0))
            : client.SegmentsAsync(_show, fromId, goal.MaxId, most, limits.Bytes, token);
    }

    private async Task FetchJournal(JournalAhead ahead, SourceHead goal, CancellationToken token)
    {
        var page =
            await client.JournalAsync(_show, ahead.FetchedSeq, token)
            ?? throw new RecorderException(RecorderFault.BadAnswer, $"The recorder had a journal of '{_show}' and has none any more.");
        if (page.UniqueId != goal.Store)
        {
            throw new RecorderException(
                RecorderFault.BadAnswer,
                $"The journal of '{_show}' is that of another store by now: {page.UniqueId}."
            );
        }

        if (page.LastSeq > ahead.FetchedSeq)
        {
            ahead.Add(page.Entries, page.LastSeq);
            return;
        }

        // A page that leads nowhere: what was announced has been removed by retention meanwhile, unless the store went back in time.
        if ((await client.MetadataAsync(_show, token)).JournalSeq is not { } now || now < goal.JournalSeq)
        {
            throw new RecorderException(
                RecorderFault.BadAnswer,
                $"The journal of '{_show}' reached to entry {goal.JournalSeq} and does not any more."
            );
        }

        ahead.Add(page.Entries, goal.JournalSeq ?? 0);
    }

    /// <summary>Gives back what was fetched and is not wanted any more. Its own trouble is nobody's: the next turn asks again.</summary>
    private async Task LeaveFetched()
    {
        if (Interlocked.Exchange(ref _next, null) is not { } left)
        {
            return;
        }

        try
        {
            (await left).Dispose();
        }
        catch (Exception error) when (error is RecorderException or OperationCanceledException)
        {
            // It ends with its turn.
        }
    }
}

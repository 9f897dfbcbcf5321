using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>One turn of pulling: short, byte-capped pulls, each committed whole, until everything is here or it is another show's turn.</summary>
/// <remarks>
/// While one pull is being written the next one is fetched, so that neither the line nor the store waits for the other; and what is there in
/// time goes into the same transaction, if the store likes that.
/// </remarks>
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
    private Task<FetchedPull>? _next;
    private SegmentBatch? _written;
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
            _written?.Dispose();
            await fetching.CancelAsync();
            await LeaveFetched();
        }
    }

    private bool IsOver => limits.IsOver(time.GetElapsedTime(_began));

    private async Task<TurnResult> Pull(TurnResult before, SourceHead goal, CancellationToken token)
    {
        var ahead = before.Ahead ?? new JournalAhead(before.At.JournalSeq);
        // Until it is awaited it is the one that must not be forgotten.
        var first = await (_next ??= Fetch(before.At.NextId, goal, ahead, token));
        if (first.IsMissing)
        {
            return before with { EmptyUntil = first.Goal.MaxId };
        }

        token.ThrowIfCancellationRequested();
        var began = time.GetTimestamp();
        List<TurnResult> reached = [before with { Ahead = ahead }];
        var commit = await store.CommitAsync(before.At, Take(first), More, CancellationToken.None);
        var result = reached.Last(r => r.At == commit.Checkpoint) with { CommittedUs = Capture.Moment.Of(time).UtcUs };
        if (result.At != reached[^1].At)
        {
            // The store has left out what it could not keep: it is fetched again, and if it is no better then, it is told.
            await LeaveFetched();
            result = result with { Ahead = null };
        }

        committed(result, commit.Stored);
        return result;

        async ValueTask<PulledBatch?> More()
        {
            var left = PullLimits.Transaction - time.GetElapsedTime(began);
            if (_next is not { } coming || IsOver || left <= TimeSpan.Zero)
            {
                return null;
            }

            if (!coming.IsCompleted)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
                await Task.WhenAny(coming, Task.Delay(left < PullLimits.Patience ? left : PullLimits.Patience, time, patience.Token));
                await patience.CancelAsync();
            }

            // What has failed, or was not there, is the next pull's trouble.
            return coming.IsCompletedSuccessfully && await coming is { IsMissing: false } fetched ? Take(fetched) : null;
        }

        PulledBatch Take(FetchedPull fetched)
        {
            _written?.Dispose();
            _written = fetched.Sound;
            var batch = Compose(fetched, ahead);
            // Only now: it adds to what has been fetched of the journal, which is nobody else's until it is awaited.
            _next = fetched.IsLast || IsOver ? null : Fetch(fetched.NextId, goal, ahead, token);
            var last = reached[^1];
            reached.Add(
                last with
                {
                    At = last.At with { NextId = batch.NextId, JournalSeq = batch.JournalSeq },
                    Bytes = last.Bytes + fetched.Sound.Bytes,
                    Delay = fetched.IsLast && batch.Segments.Count > 0 ? time.GetElapsedTime(fetched.Goal.HeardAt) : last.Delay,
                    Verified = batch.Segments.Count > 0 ? fetched.Sound.Version == WireVersion.Two : last.Verified,
                }
            );
            return batch;
        }
    }

    private PulledBatch Compose(FetchedPull fetched, JournalAhead ahead)
    {
        var wire = fetched.Sound.Segments;
        var segments = new PulledSegment[wire.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var s = wire[i];
            segments[i] = new PulledSegment(s.Id, s.SectionId, s.StartsSection, s.DurationSamples, s.TimestampMs, s.Data, s.Sha256)
            {
                IsHashChecked = !s.Sha256.IsEmpty, // by the client: it gives nothing else
            };
        }

        var (entries, seq) = fetched.Goal.JournalSeq is null ? (V1Journal.Of(store.Source, segments), 0) : ahead.Take(fetched.LastSection);
        return new PulledBatch
        {
            Journal = entries,
            Segments = segments,
            NextId = fetched.NextId,
            JournalSeq = seq,
        };
    }

    /// <summary>Fetches sound, then what of the journal goes with it: what the recorder has written by then explains all of that sound.</summary>
    private async Task<FetchedPull> Fetch(long fromId, SourceHead goal, JournalAhead ahead, CancellationToken token)
    {
        var coming = FetchSound(fromId, goal, token);
        try
        {
            if (ahead.IsEmpty && !ahead.Covers(null, goal.JournalSeq ?? 0))
            {
                await FetchJournal(ahead, goal, token);
            }

            var fetched = new FetchedPull(await coming, fromId, goal);
            while (!fetched.IsMissing && !ahead.Covers(fetched.LastSection, goal.JournalSeq ?? 0))
            {
                await FetchJournal(ahead, goal, token);
            }

            return fetched;
        }
        catch
        {
            await Leave(coming);
            throw;
        }
    }

    private Task<SegmentBatch> FetchSound(long fromId, SourceHead goal, CancellationToken token)
    {
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

    /// <summary>Gives back what was fetched and is not wanted any more.</summary>
    private async Task LeaveFetched()
    {
        if (Interlocked.Exchange(ref _next, null) is { } left)
        {
            await Leave(Sound(left));
        }

        static async Task<SegmentBatch> Sound(Task<FetchedPull> fetched) => (await fetched).Sound;
    }

    /// <summary>Its own trouble is nobody's: the next turn asks again.</summary>
    private static async Task Leave(Task<SegmentBatch> sound)
    {
        try
        {
            (await sound).Dispose();
        }
        catch (Exception error) when (error is RecorderException or OperationCanceledException)
        {
            // It ends with its turn.
        }
    }
}

using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Receiver.Turns;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver.Shows;

/// <content>What it does: one step at a time, whose outcome returns as a message.</content>
internal sealed partial class ShowSyncActor
{
    private void Consider()
    {
        var step = NextStep.Of(Facts());
        if (_hasTurn && step != ShowStep.Pull && _step != ShowStep.Pull)
        {
            GiveBackTurn();
        }

        switch (step)
        {
            case ShowStep.Open:
                Open();
                break;
            case ShowStep.Claim:
                var (kept, offered) = (_kept!, _source?.UniqueId);
                Begin(step, token => Claim(kept, offered, token), at => new ShowSyncMessage.Claimed(at));
                break;
            case ShowStep.ReadCheckpoint:
                Begin(step, token => _kept!.Store.CheckpointAsync(token).AsTask(), at => new ShowSyncMessage.CheckpointRead(at));
                break;
            case ShowStep.Retain:
                Begin(step, Retain, report => new ShowSyncMessage.Retained(report));
                break;
            case ShowStep.AskSource:
                var askedAt = _self.Time.GetTimestamp();
                var doubted = _mustCompare ? _kept?.Store : null;
                var at = _at;
                _head.Ask(askedAt);
                Begin(
                    step,
                    token => AskSource(doubted, at, token),
                    m => new ShowSyncMessage.SourceKnown(m.Source, askedAt, m.Doubt, doubted is not null && at is not null)
                );
                break;
            case ShowStep.Learn:
                var (store, under, target) = (_kept!.Store, _at!, _source!.TargetSeconds);
                Begin(
                    step,
                    async token =>
                    {
                        await store.LearnTargetAsync(under, target, token);
                        return true;
                    },
                    _ => new ShowSyncMessage.Learned()
                );
                break;
            case ShowStep.Queue:
                _waitsForTurn = _tree.Turns.Tell(new TurnsMessage.Want(_self.Self)); // refused: asked again at the next message
                break;
            case ShowStep.Pull:
                Pull();
                break;
        }

        Report();
    }

    private ShowFacts Facts() =>
        new()
        {
            IsBusy = _step != ShowStep.Wait,
            HasStore = _kept is not null,
            IsStored = _isStored,
            StoreRests = _troubles.StoreRests,
            IsClaimed = _claimedEpoch is not null,
            HasCheckpoint = _at is not null,
            IsRetentionDue = _isRetentionDue,
            IsRecorderThere = _isThere,
            SourceRests = _troubles.SourceRests,
            KnowsSource = _source is not null,
            IsRefused = _refused is not null,
            MustLearn = _kept is not null && _source is not null && _source.TargetSeconds != _kept.Store.Source.TargetSeconds,
            IsBehind = IsBehind,
            HasTurn = _hasTurn,
            WaitsForTurn = _waitsForTurn,
        };

    private void Begin<T>(ShowStep step, Func<CancellationToken, Task<T>> work, Func<T, ShowSyncMessage> onOk)
    {
        _step = step;
        _self.Pipe(work, onOk, error => new ShowSyncMessage.Failed(step, error));
    }

    private void Done() => _step = ShowStep.Wait;

    private void Open()
    {
        var roster = _tree.Roster;
        if (_isStored)
        {
            var mustClose = _mustReopen;
            Begin(ShowStep.Open, token => Reopen(mustClose, token), show => new ShowSyncMessage.Opened(show));
            return;
        }

        var source = _source!;
        var name = roster.Claim(_plan.Name, _wanted.Name, source.UniqueId, _tree.IsConfigured);
        if (name != _name)
        {
            _tree.Board.Forget(_name, _plan.Name);
            _name = name;
            _status = _status with { Show = name };
        }

        var show = new SourceShow(
            name,
            _plan.Name,
            _wanted.Name,
            source.UniqueId,
            source.AudioFormat,
            source.Bitrate,
            source.SampleRate,
            source.TargetSeconds
        );
        Begin(ShowStep.Open, token => roster.OpenOrCreateAsync(show, token), kept => new ShowSyncMessage.Opened(kept));
    }

    private async Task<(ShowMetadata Source, SyncTrouble? Doubt)> AskSource(
        IReceivedStore? doubted,
        SyncCheckpoint? at,
        CancellationToken token
    )
    {
        var source = await _client.MetadataAsync(_wanted.Name, token);
        var compares = doubted is not null && at is not null && SourceCheck.GoesOn(doubted.Source, at, source) is null;
        return (source, compares ? await SameSound.CheckAsync(_client, doubted!, source, token) : null);
    }

    private async Task<SyncCheckpoint> Claim(KeptShow kept, string? offered, CancellationToken token)
    {
        var at = await kept.Store.ClaimAsync(token);
        if (kept.Store.Source.Remote != _plan.Name && offered == at.SourceStore)
        {
            // It was kept under a name that the configuration does not have any more: from now on it is this recorder's also while that is away.
            _self.Log($"is the show that came from the recorder '{kept.Store.Source.Remote}'");
            await _tree.Roster.RenameRemoteAsync(kept, at, _plan.Name, token);
        }

        return at;
    }

    private async Task<KeptShow> Reopen(bool mustClose, CancellationToken token)
    {
        if (mustClose)
        {
            await _tree.Roster.CloseAsync(_name);
        }

        return await _tree.Roster.OpenAsync(_name, token);
    }

    /// <summary>Goes on behind what is gone at the source.</summary>
    /// <returns>False when there is nothing to skip: the source is asked for the same again, or in trouble.</returns>
    private bool Skip(long asked)
    {
        var (at, source) = (_at!, _source!);
        if (PurgeRules.GoOnFrom(at, asked, source) is not { } next)
        {
            _troubles.Begin(
                new SyncTrouble(
                    ShowSyncState.BadData,
                    $"The recorder says that it has segments {source.MinId} to {source.MaxId}, and sends none of {at.NextId} to {asked}."
                )
            );
            return false;
        }

        if (source.MinId <= at.NextId && _emptyAnswers < 2)
        {
            return false; // once may be an answer that was damaged on its way
        }

        _self.Log($"segments {at.NextId} to {next - 1} are gone at the recorder: goes on from {next}");
        var (store, batch) = (_kept!.Store, new PulledBatch { NextId = next, JournalSeq = at.JournalSeq });
        Begin(
            ShowStep.Pull,
            async _ => new TurnResult((await store.CommitAsync(at, batch, CancellationToken.None)).Checkpoint),
            result => new ShowSyncMessage.TurnOver(result)
        );
        return true;
    }

    private void Pull()
    {
        if (_emptyUntil is { } asked)
        {
            _emptyUntil = null;
            if (Skip(asked))
            {
                return;
            }

            if (_troubles.SourceRests)
            {
                GiveBackTurn();
                return;
            }
        }

        var kept = _kept!;
        var limits = new PullLimits(Parts.ChunkSize, Parts.ChunkBytes, TurnLength, () => _tree.TurnQueue.IsWaitedFor);
        var told = _self.Time.GetTimestamp();
        var turn = new PullTurn(
            _client,
            kept.Store,
            limits,
            _self.Time,
            (result, stored) =>
            {
                Parts.Feed.Publish(new ShowPosition(kept.Name, kept.StoreId, stored.MaxId, stored.JournalSeq));
                if (_head.Latest?.IsAheadOf(result.At) == true && _self.Time.GetElapsedTime(told) >= ShowPost.Pause)
                {
                    told = _self.Time.GetTimestamp();
                    _self.Self.Tell(new ShowSyncMessage.Pulled(result)); // refused: the turn's end tells it too
                }
            }
        );
        var (at, ahead) = (_at!, _ahead);
        (_ahead, _toldBytes) = (null, 0);
        _progress.Begin(Math.Max(0, (_head.Latest?.MaxId ?? 0) - at.NextId + 1));
        Begin(ShowStep.Pull, token => turn.RunAsync(at, _head, ahead, token), result => new ShowSyncMessage.TurnOver(result));
    }

    private async Task<RetentionReport?> Retain(CancellationToken token)
    {
        // In slices: a show that has years to remove pulls in between.
        using var slice = new CancellationTokenSource(RetentionSlice, _self.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, token);
        try
        {
            var limitUs = NowUs - (long)_wanted.Retention!.Value.TotalMicroseconds;
            return await _kept!.Store.RetainAsync(_at!, limitUs, either.Token);
        }
        catch (OperationCanceledException) when (slice.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return null;
        }
    }

    private void GiveBackTurn()
    {
        (_hasTurn, _waitsForTurn) = (false, false);
        _tree.Turns.Tell(new TurnsMessage.Done(_self.Path)); // its mailbox has room for every show
    }
}

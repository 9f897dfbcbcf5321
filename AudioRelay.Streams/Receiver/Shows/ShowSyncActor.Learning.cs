using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Receiver.Turns;

namespace AudioRelay.Streams.Receiver.Shows;

/// <content>What it learns from the outcomes, and what it tells others.</content>
internal sealed partial class ShowSyncActor
{
    private void RecorderThere(ShowSyncMessage.RecorderThere news)
    {
        // Nothing is asked of a source that is known and has no news: with a hundred shows that would be a hundred questions at a time.
        var isNews = !_isThere || _source is null || _refused is not null || news.MaxId != _head.Latest?.MaxId;
        // Its list does not tell of its journal.
        isNews |= !news.Pushes && _source?.JournalSeq is not null;
        (_isThere, _away) = (true, null);
        if (isNews)
        {
            AskAnew();
        }
    }

    private void Committed(ShowSyncMessage.Committed news)
    {
        if (_troubles.Now?.State == ShowSyncState.NotOffered || (_source is { } known && known.UniqueId != news.Position.Store))
        {
            AskAnew(); // it is offered after all, or it is another store: what it is comes first
        }

        // Kept also while the source is being asked: its answer may be older.
        _head.Hear(new SourceHead(news.Position.Store, news.Position.MaxId, news.Position.JournalSeq, news.HeardAt));
        if (_waitsForTurn)
        {
            _tree.Turns.Tell(new TurnsMessage.Want(_self.Self)); // in case the word that it is our turn went astray
        }
    }

    /// <summary>What was known of the source is asked for again.</summary>
    private void AskAnew()
    {
        _troubles.WakeSource();
        _source = null;
        if (_refused?.State == ShowSyncState.SourceReplaced)
        {
            (_claimedEpoch, _at) = (null, null); // somebody may have replaced the source meanwhile, under a claim of theirs
        }
    }

    private void TryEverything()
    {
        AskAnew();
        _troubles.WakeStore();
        if (_troubles.Now?.State == ShowSyncState.Fenced)
        {
            _troubles.End();
            (_claimedEpoch, _at) = (null, null);
        }
    }

    private void Opened(KeptShow kept) =>
        (_kept, _isStored, _name, _mustReopen, _claimedEpoch, _at) = (kept, true, kept.Name, false, null, null);

    private void CheckpointRead(SyncCheckpoint at)
    {
        if (at.Epoch == _claimedEpoch)
        {
            (_at, _ahead) = (at, null);
            return;
        }

        _troubles.Begin(
            new SyncTrouble(
                ShowSyncState.Fenced,
                "Another receiver has taken over this show, and it goes on there. To take it back, sync now or restart this receiver."
            )
        );
    }

    private void SourceKnown(ShowSyncMessage.SourceKnown answer)
    {
        var source = answer.Source;
        var head = new SourceHead(source.UniqueId, source.MaxId, source.JournalSeq, answer.HeardAt);
        // What was fetched ahead may be another's by now, though it calls itself the same.
        (_source, _doubt, _ahead) = (source, answer.Doubt, null);
        if (_head.Answer(head))
        {
            // What nothing came of was the old one's range, and ends it had announced are not this one's.
            _emptyUntil = null;
            if (!answer.IsCompared && _at is not null)
            {
                (_source, _mustCompare) = (null, true);
                return;
            }
        }

        _reaches.Aim(head);
        _status = _status with { Verified = source.JournalSeq is not null };
        Compare();
        _mustCompare = _refused is not null || (_mustCompare && _at is null);
    }

    /// <summary>Whether the source is what is kept, as far as both are known.</summary>
    private void Compare()
    {
        if (_source is not { } source)
        {
            return;
        }

        _refused = _at is { } at ? SourceCheck.GoesOn(_kept!.Store.Source, at, source) ?? _doubt : SourceCheck.Offer(source);
        if (
            _refused is { State: ShowSyncState.SourceReplaced }
            && _kept?.Store.Source is { } kept
            && _tree.Roster.AlsoFrom(source.UniqueId, kept.Name) is { } other
        )
        {
            _refused = ExchangedRecorders.Trouble(kept, other);
        }

        if (_refused is not null)
        {
            _troubles.Begin(_refused);
        }
        else if (_troubles.Now is { Lasts: true, IsTheStores: false })
        {
            _troubles.End();
        }
    }

    /// <summary>A turn goes on and has come so far. One that is over by now has told more.</summary>
    private void Pulled(TurnResult result)
    {
        var (at, to) = (_at, result.At);
        if (_step == ShowStep.Pull && at is not null && to.NextId > at.NextId && to.SourceStore == at.SourceStore && to.Epoch == at.Epoch)
        {
            Advance(result);
        }
    }

    private void Advance(TurnResult result)
    {
        var before = _at!;
        _at = result.At;
        if (result.CommittedUs is { } committedUs)
        {
            _emptyAnswers = 0;
            _troubles.End();
            _progress.Add(result.Bytes - _toldBytes, result.At.NextId - before.NextId);
            _toldBytes = result.Bytes;
            _status = _status with
            {
                LastCommitUs = committedUs,
                LastDelay = result.Delay ?? _status.LastDelay,
                Verified = result.Verified ?? _status.Verified,
            };
        }
    }

    private void TurnOver(TurnResult result)
    {
        Advance(result);
        _ahead = result.Ahead;
        GiveBackTurn();
        if (result.Fault is { } fault)
        {
            Failed(fault);
        }
        else if (result.EmptyUntil is not null)
        {
            (_emptyUntil, _source) = (result.EmptyUntil, null); // what it has now decides where to go on
            _emptyAnswers++;
        }
    }

    private void Retained(RetentionReport? report)
    {
        _isRetentionDue = false;
        _self.After(report is null ? RetentionSlice : RetentionEvery, new ShowSyncMessage.RetentionDue());
        if (report is { Sections.Count: > 0 })
        {
            _self.Log($"retention removed {report.Sections.Count} sections, {report.Segments} segments");
        }
    }

    private void Failed(Exception error)
    {
        if (SyncTrouble.Of(error) is not { } trouble)
        {
            throw new InvalidOperationException($"'{_name}' met something it does not know.", error);
        }

        _emptyUntil = null;
        if (error is StorageException { Fault: var fault })
        {
            (_at, _ahead) = (null, null); // whether it was written is for the store to say
            if (fault is StorageFault.IoError or StorageFault.Corrupt)
            {
                (_kept, _mustReopen) = (null, true);
            }

            if (fault == StorageFault.Fenced && _claimedEpoch is not null)
            {
                return; // an earlier commit may have succeeded after all: the checkpoint tells
            }
        }
        else
        {
            _source = null; // behind the same address may be another store by now
        }

        _troubles.Begin(trouble);
    }

    /// <summary>
    /// The show's name stands for another recorder's show, and nothing has come from this one: that it has no such show, as is usual when
    /// the configuration names the shows of several recorders, must stand neither over how that one is nor beside it.
    /// </summary>
    private bool IsToldByAnother() =>
        !_tree.Roster.IsNamed(_plan.Name, _wanted.Name)
        && _tree.Roster.RemoteOf(_wanted.Name) is { } other
        && other != _plan.Name
        && _tree.IsConfigured(other);

    private void Report()
    {
        var isWell =
            _at is { } at && !IsBehind && (_troubles.Now is not { IsTheStores: false } || (_source is not null && _refused is null));
        if (isWell && _troubles.Now is not { State: ShowSyncState.Fenced })
        {
            _troubles.End();
        }

        var trouble = _troubles.Now is { IsTheStores: true } stores ? stores : _away ?? _troubles.Now;
        var state =
            trouble?.State
            ?? (
                _at is null || _head.Latest is null ? ShowSyncState.Starting
                : _step == ShowStep.Pull ? ShowSyncState.Pulling
                : IsBehind ? ShowSyncState.Queued
                : ShowSyncState.UpToDate
            );
        if (state is not (ShowSyncState.Pulling or ShowSyncState.Queued))
        {
            _progress.End();
        }

        var readId = _at is { } here ? here.NextId - 1 : _status.ReadId;
        var maxId = _head.Latest?.MaxId;
        var (rate, left) = _progress.Rate(Math.Max(0, (maxId ?? 0) - readId));
        _status = _status with
        {
            State = state,
            // A pull that was over before anybody could look has not interrupted anything.
            SinceUs =
                state == _post.Posted?.State ? _post.Posted.SinceUs
                : state == _status.State ? _status.SinceUs
                : NowUs,
            Detail = trouble?.Detail,
            ReadId = readId,
            SourceMaxId = maxId,
            CatchUpTotal = _progress.Total,
            BytesPerSecond = rate,
            TimeLeft = left,
        };
        if (!IsToldByAnother())
        {
            _post.Post(_status);
        }

        _reaches.Consider(_at, trouble, _away is null ? _troubles.Failures : int.MaxValue, _status);
    }
}

using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Retention;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Receiver.Turns;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>One received show: opens its store, claims it, pulls, commits, reports, and removes what is too old.</summary>
/// <remarks>
/// Messages change what it knows; after each, <see cref="NextStep"/> says what it does next, and one step is taken at a time. A trouble of
/// the store lets the store rest and one of the source the source, so that retention goes on while a recorder is away.
/// </remarks>
internal sealed class ShowSyncActor : IActor<ShowSyncMessage>
{
    private static readonly TimeSpan TurnLength = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetentionEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetentionSlice = TimeSpan.FromSeconds(1);

    private readonly IActorContext<ShowSyncMessage> _self;
    private readonly ReceiverTree _tree;
    private readonly RemotePlan _plan;
    private readonly WantedShow _wanted;
    private readonly IRecorderClient _client;
    private readonly ShowTroubles _troubles;
    private readonly ShowPost _post;
    private readonly Progress _progress;
    private readonly HeadCell _head = new();
    private readonly Reaches _reaches = new();

    private string _name;
    private bool _isStored;
    private KeptShow? _kept;
    private long? _claimedEpoch;
    private bool _mustReopen;
    private SyncCheckpoint? _at;
    private JournalAhead? _ahead;
    private ShowMetadata? _source;
    private SyncTrouble? _refused;
    private SyncTrouble? _away;
    private bool _isThere;
    private ShowStep _step = ShowStep.Wait;
    private bool _hasTurn;
    private bool _waitsForTurn;
    private int _emptyAnswers;
    private long? _emptyUntil;
    private bool _isRetentionDue;
    private ShowSyncStatus _status;

    public ShowSyncActor(
        IActorContext<ShowSyncMessage> self,
        ReceiverTree tree,
        RemotePlan plan,
        string show,
        IRecorderClient client,
        RemotePresence presence
    )
    {
        (_self, _tree, _plan, _client) = (self, tree, plan, client);
        _wanted = plan.Shows?.FirstOrDefault(w => w.Name == show) ?? new WantedShow(show, null);
        _troubles = new ShowTroubles(self, tree.Parts.SyncInterval, tree.Parts.NewRandom());
        _post = new ShowPost(tree.Board, () => self.After(ShowPost.Pause, new ShowSyncMessage.PostNow()));
        _progress = new Progress(self.Time);
        _isStored = tree.Roster.StoredName(plan.Name, show) is not null;
        _name = tree.Roster.Propose(plan.Name, show);
        _kept = tree.Roster.Find(_name) is { } open && _isStored ? open : null;
        (_isThere, _away) = (presence.IsThere, presence.Trouble);
        _isRetentionDue = _wanted.Retention is not null;
        _status = new ShowSyncStatus
        {
            Show = _name,
            Remote = plan.Name,
            State = ShowSyncState.Starting,
            SinceUs = NowUs,
        };
        tree.Turns.Tell(new TurnsMessage.Done(self.Path)); // of an instance that failed while it had one
        Consider();
    }

    private ReceiverParts Parts => _tree.Parts;

    private long NowUs => Capture.Moment.Of(_self.Time).UtcUs;

    private bool IsBehind => _at is { } at && _head.Latest is { } head && head.Store == at.SourceStore && head.IsAheadOf(at);

    /// <inheritdoc/>
    public void Receive(ShowSyncMessage message)
    {
        switch (message)
        {
            case ShowSyncMessage.RecorderThere:
                (_isThere, _away) = (true, null);
                AskAnew();
                break;
            case ShowSyncMessage.RecorderAway m:
                (_isThere, _away, _source) = (false, m.Trouble, null);
                _troubles.ForgetSource(); // the recorder's own actor tells of it
                break;
            case ShowSyncMessage.Committed m:
                Committed(m);
                break;
            case ShowSyncMessage.SyncNow:
                TryEverything();
                break;
            case ShowSyncMessage.Reach m:
                _reaches.Add(m.Answer);
                AskAnew();
                break;
            case ShowSyncMessage.YourTurn:
                (_hasTurn, _waitsForTurn) = (true, false);
                break;
            case ShowSyncMessage.Opened m:
                Done();
                Opened(m.Show);
                break;
            case ShowSyncMessage.Claimed m:
                Done();
                (_claimedEpoch, _at, _ahead) = (m.At.Epoch, m.At, null);
                break;
            case ShowSyncMessage.CheckpointRead m:
                Done();
                CheckpointRead(m.At);
                break;
            case ShowSyncMessage.SourceKnown m:
                Done();
                SourceKnown(m.Source, m.HeardAt);
                break;
            case ShowSyncMessage.TurnOver m:
                Done();
                TurnOver(m.Result);
                break;
            case ShowSyncMessage.Retained m:
                Done();
                Retained(m.Report);
                break;
            case ShowSyncMessage.Failed m:
                Done();
                Failed(m.Error);
                break;
            case ShowSyncMessage.TryStore:
                _troubles.WakeStore();
                break;
            case ShowSyncMessage.TrySource:
                AskAnew();
                break;
            case ShowSyncMessage.RetentionDue:
                _isRetentionDue = true;
                break;
            case ShowSyncMessage.PostNow:
                _post.Flush();
                return;
        }

        Consider();
    }

    /// <inheritdoc/>
    public string Describe()
    {
        var doing = _step switch
        {
            ShowStep.Open => ", opening the store",
            ShowStep.Claim => ", claiming the store",
            ShowStep.ReadCheckpoint => ", reading where it stands",
            ShowStep.Retain => ", removing what is too old",
            ShowStep.AskSource => ", asking the recorder",
            _ => "",
        };
        var place = _head.Latest is { } head ? $" at {_status.ReadId} of {head.MaxId}" : "";
        var delay = _status.LastDelay is { } last ? $", last delay {last.TotalMilliseconds:0} ms" : "";
        var detail = _status.Detail is { } text ? $": {text}" : "";
        return $"{Texts.Of(_status.State)} since {Texts.Clock(_status.SinceUs)}{place}{delay}{doing}{detail}";
    }

    /// <inheritdoc/>
    public Task Ending(ActorEnd end, CancellationToken token)
    {
        _reaches.End();
        _tree.Turns.Tell(new TurnsMessage.Done(_self.Path)); // refused only when the tree ends, or told again by the next instance
        return Task.CompletedTask;
    }

    // ---- what is done ----

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
                Begin(step, token => _kept!.Store.ClaimAsync(token).AsTask(), at => new ShowSyncMessage.Claimed(at));
                break;
            case ShowStep.ReadCheckpoint:
                Begin(step, token => _kept!.Store.CheckpointAsync(token).AsTask(), at => new ShowSyncMessage.CheckpointRead(at));
                break;
            case ShowStep.Retain:
                Begin(step, Retain, report => new ShowSyncMessage.Retained(report));
                break;
            case ShowStep.AskSource:
                var askedAt = _self.Time.GetTimestamp();
                Begin(step, token => _client.MetadataAsync(_wanted.Name, token), m => new ShowSyncMessage.SourceKnown(m, askedAt));
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
            _tree.Board.Forget(_name);
            _name = name;
            _status = _status with { Show = name };
        }

        var show = new SourceShow(name, _plan.Name, _wanted.Name, source.UniqueId, source.AudioFormat, source.Bitrate, source.SampleRate);
        Begin(ShowStep.Open, token => roster.OpenOrCreateAsync(show, token), kept => new ShowSyncMessage.Opened(kept));
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
        var limits = new PullLimits(Parts.ChunkSize, Parts.ChunkBytes, TurnLength);
        var turn = new PullTurn(
            _client,
            kept.Store,
            limits,
            _self.Time,
            stored => Parts.Feed.Publish(new ShowPosition(kept.Name, kept.StoreId, stored.MaxId, stored.JournalSeq))
        );
        var (at, ahead) = (_at!, _ahead);
        _ahead = null;
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

    // ---- what is learned ----

    private void Committed(ShowSyncMessage.Committed news)
    {
        if (_troubles.Now?.State == ShowSyncState.NotOffered || (_source is { } known && known.UniqueId != news.Position.Store))
        {
            AskAnew(); // it is offered after all, or it is another store: what it is comes first
        }
        else if (_source is not null)
        {
            _head.Hear(new SourceHead(news.Position.Store, news.Position.MaxId, news.Position.JournalSeq, news.HeardAt));
        }

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

    private void SourceKnown(ShowMetadata source, long askedAt)
    {
        _source = source;
        var head = new SourceHead(source.UniqueId, source.MaxId, source.JournalSeq, askedAt);
        _head.Hear(head);
        _reaches.Aim(head);
        _refused = _at is { } at ? SourceCheck.GoesOn(_kept!.Store.Source, at, source) : SourceCheck.Offer(source);
        if (_refused is not null)
        {
            _troubles.Begin(_refused);
        }
        else if (_troubles.Now is { Lasts: true, IsTheStores: false })
        {
            _troubles.End();
        }
    }

    private void TurnOver(TurnResult result)
    {
        var before = _at!;
        (_at, _ahead) = (result.At, result.Ahead);
        GiveBackTurn();
        if (result.CommittedUs is { } committedUs)
        {
            _emptyAnswers = 0;
            _troubles.End();
            _progress.Add(result.Bytes, result.At.NextId - before.NextId);
            _status = _status with
            {
                LastCommitUs = committedUs,
                LastDelay = result.Delay ?? _status.LastDelay,
                Verified = result.Verified ?? _status.Verified,
            };
        }

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

    // ---- what is told ----

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
            SinceUs = state == _status.State ? _status.SinceUs : NowUs,
            Detail = trouble?.Detail,
            ReadId = readId,
            SourceMaxId = maxId,
            CatchUpTotal = _progress.Total,
            BytesPerSecond = rate,
            TimeLeft = left,
        };
        _post.Post(_status);
        _reaches.Consider(_at, trouble, _away is null ? _troubles.Failures : int.MaxValue);
    }
}

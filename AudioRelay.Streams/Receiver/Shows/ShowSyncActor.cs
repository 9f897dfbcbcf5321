using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Keeping;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Receiver.Turns;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>One received show: opens its store, claims it, pulls, commits, reports, and removes what is too old.</summary>
/// <remarks>
/// Messages change what it knows; after each, <see cref="NextStep"/> says what it does next, and one step is taken at a time. A trouble of
/// the store lets the store rest and one of the source the source, so that retention goes on while a recorder is away.
/// </remarks>
internal sealed partial class ShowSyncActor : IActor<ShowSyncMessage>
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
    private SyncTrouble? _doubt;
    private bool _mustCompare = true;
    private SyncTrouble? _away;
    private bool _isThere;
    private ShowStep _step = ShowStep.Wait;
    private bool _hasTurn;
    private bool _waitsForTurn;
    private int _emptyAnswers;
    private long? _emptyUntil;
    private bool _isRetentionDue;
    private long _toldBytes;
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
            case ShowSyncMessage.RecorderThere m:
                RecorderThere(m);
                break;
            case ShowSyncMessage.RecorderAway m:
                (_isThere, _away, _source, _emptyUntil) = (false, m.Trouble, null, null);
                _mustCompare = true; // who comes back after a while may have been put back from a backup
                _troubles.ForgetSource(); // the recorder's own actor tells of it
                break;
            case ShowSyncMessage.Committed m:
                Committed(m);
                break;
            case ShowSyncMessage.SyncNow:
                TryEverything();
                break;
            case ShowSyncMessage.Reach m:
                _reaches.Add(m.Answer, _status);
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
                Compare(); // the source may have been asked before its store was open
                break;
            case ShowSyncMessage.CheckpointRead m:
                Done();
                CheckpointRead(m.At);
                break;
            case ShowSyncMessage.SourceKnown m:
                Done();
                SourceKnown(m);
                break;
            case ShowSyncMessage.Learned:
                Done();
                break;
            case ShowSyncMessage.Pulled m:
                Pulled(m.Result);
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
            ShowStep.Learn => ", keeping the length of its segments",
            _ => "",
        };
        var place = _head.Latest is { } head ? $" at {_status.ReadId} of {head.MaxId}" : "";
        var delay = _status.LastDelay is { } last ? $", last delay {last.TotalMilliseconds:0} ms" : "";
        var pass = _reaches.Any ? ", a pass waits for it" : "";
        var detail = _status.Detail is { } text ? $": {text}" : "";
        return $"{Texts.Of(_status.State)} since {Texts.Clock(_status.SinceUs)}{place}{delay}{doing}{pass}{detail}";
    }

    /// <inheritdoc/>
    public Task Ending(ActorEnd end, CancellationToken token)
    {
        _reaches.End();
        _tree.Turns.Tell(new TurnsMessage.Done(_self.Path)); // refused only when the tree ends, or told again by the next instance
        return Task.CompletedTask;
    }
}

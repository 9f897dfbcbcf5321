using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Remotes;

/// <summary>One recorder: is it there, which shows has it, and what does it commit.</summary>
/// <remarks>
/// It is asked for its list at the start, every sync interval, soon after its stream of commits has ended, and, with growing delays, while
/// it does not answer. The stream wakes the shows; the interval is for recorders that do not push and for proxies that hold the stream back.
/// </remarks>
internal sealed class RemoteActor : IActor<RemoteMessage>
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan HealthyStream = TimeSpan.FromSeconds(30);
    private const int MostPasses = 16;

    private readonly IActorContext<RemoteMessage> _self;
    private readonly ReceiverTree _tree;
    private readonly RemotePlan _plan;
    private readonly IRecorderClient _client;
    private readonly ActorRef<RemoteShowsMessage> _shows;
    private readonly Random _random;
    private readonly Backoff _backoff;
    private readonly List<ReplyTo<RemotePass>> _passes = [];
    private RemoteStatus _status;
    private SyncTrouble? _trouble;
    private string? _excess;
    private IDisposable? _again;
    private bool _isAsking;
    private bool _isFollowing;
    private bool _isPushing;
    private int _failures;
    private int _brokenStreams;
    private long _followedAt;

    public RemoteActor(IActorContext<RemoteMessage> self, ReceiverTree tree, RemotePlan plan)
    {
        (_self, _tree, _plan) = (self, tree, plan);
        _client = tree.Parts.Connect(plan);
        _random = tree.Parts.NewRandom();
        var longest = tree.Parts.SyncInterval;
        _backoff = new Backoff(FirstDelay < longest ? FirstDelay : longest, longest, 0.2);
        _shows = self.Spawn<RemoteShowsMessage>(
            "shows",
            context => new RemoteShowsActor(context, tree, plan, _client, self.Self),
            ReceiverActor.Vital with
            {
                MailboxCapacity = RemoteShowsActor.Mailbox,
            }
        );
        _status = new RemoteStatus(plan.Name, Shown(plan.Url), false, NowUs, null, false);
        tree.Board.Post(_status);
        Ask();
    }

    private long NowUs => Capture.Moment.Of(_self.Time).UtcUs;

    /// <inheritdoc/>
    public void Receive(RemoteMessage message)
    {
        switch (message)
        {
            case RemoteMessage.SyncNow:
                _shows.Tell(new RemoteShowsMessage.SyncNow());
                Ask();
                break;
            case RemoteMessage.Pass m:
                if (_passes.Count < MostPasses)
                {
                    _passes.Add(m.Answer); // more at a time than anybody needs are not answered, and run into their limit
                }

                Ask();
                break;
            case RemoteMessage.AskNow:
                _again = null;
                Ask();
                break;
            case RemoteMessage.Listed m:
                _isAsking = false;
                Listed(m.Shows);
                break;
            case RemoteMessage.NotListed m:
                _isAsking = false;
                NotListed(m.Error);
                break;
            case RemoteMessage.Follows:
                _isPushing = true;
                Post(_status with { Pushes = true });
                break;
            case RemoteMessage.TooMany:
                _excess =
                    $"It has more than {RemoteShowsActor.MostShows} shows; those beyond are left there. To choose, name the wanted ones under "
                    + "shows in the configuration, and start the receiver anew.";
                Post(_status with { Detail = _trouble?.Detail ?? _excess });
                break;
            case RemoteMessage.StreamEnded m:
                (_isFollowing, _isPushing) = (false, false);
                StreamEnded(m.Error);
                break;
        }
    }

    /// <inheritdoc/>
    public string Describe()
    {
        var since = Texts.Clock(_status.SinceUs);
        return _trouble is { } trouble ? $"{Texts.Of(trouble.State)} since {since}: {trouble.Detail}"
            : !_status.Online ? $"asking {_status.Url}"
            : $"there since {since}, {(_status.Pushes ? "tells of commits" : $"is asked every {_tree.Parts.SyncInterval.TotalSeconds:0} s")}";
    }

    /// <inheritdoc/>
    public Task Ending(ActorEnd end, CancellationToken token)
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    private void Ask()
    {
        if (_isAsking)
        {
            return;
        }

        _isAsking = true;
        _again?.Dispose();
        _again = null;
        _self.Pipe(_client.ShowsAsync, shows => new RemoteMessage.Listed(shows), error => new RemoteMessage.NotListed(error));
    }

    private void Listed(IReadOnlyList<OfferedShow> shows)
    {
        _failures = 0;
        if (_trouble is not null)
        {
            _self.Log($"there again after {Texts.Lasting(NowUs - _status.SinceUs)}");
            _trouble = null;
        }

        if (!_status.Online)
        {
            // One list may be lost while the stream of commits goes on.
            Post(_status with { Online = true, SinceUs = NowUs, Detail = _excess, Pushes = _isPushing });
        }

        _shows.Tell(new RemoteShowsMessage.Listed(shows, _status.Pushes));
        AnswerPasses();
        AskIn(_tree.Parts.SyncInterval);
        if (!_isFollowing)
        {
            Follow();
        }
    }

    private void NotListed(Exception error)
    {
        if (SyncTrouble.Of(error) is not { } trouble)
        {
            throw new InvalidOperationException("The recorder's list could not be asked for in a way the client does not know.", error);
        }

        if (_trouble?.State != trouble.State)
        {
            _self.Warn($"{Texts.Of(trouble.State)}: {trouble.Detail}");
        }

        // Since when: the first failure, not the latest.
        var since = _trouble is null ? NowUs : _status.SinceUs;
        _trouble = trouble;
        Post(_status with { Online = false, SinceUs = since, Detail = trouble.Detail, Pushes = false });
        _shows.Tell(new RemoteShowsMessage.Away(trouble));
        AnswerPasses();
        AskIn(trouble.Lasts ? _tree.Parts.SyncInterval : _backoff.After(++_failures, _random.NextDouble()));
    }

    private void Follow()
    {
        _isFollowing = true;
        _followedAt = _self.Time.GetTimestamp();
        _self.Pipe(Pump, () => new RemoteMessage.StreamEnded(null), error => new RemoteMessage.StreamEnded(error));
    }

    private async Task Pump(CancellationToken token)
    {
        var isFirst = true;
        await foreach (var position in _client.EventsAsync(token))
        {
            if (isFirst)
            {
                _self.Self.Tell(new RemoteMessage.Follows());
                isFirst = false;
            }

            if (!_shows.Tell(new RemoteShowsMessage.Committed(position, _self.Time.GetTimestamp())))
            {
                return; // more than it can take: a new stream begins with where every show stands
            }
        }
    }

    private void StreamEnded(Exception? error)
    {
        Post(_status with { Pushes = false });
        switch (error)
        {
            case NotSupportedException:
                return; // the interval has been set
            case null or RecorderException or IOException or OperationCanceledException:
                _brokenStreams = _self.Time.GetElapsedTime(_followedAt) >= HealthyStream ? 1 : _brokenStreams + 1;
                if (_trouble is null)
                {
                    AskIn(_backoff.After(_brokenStreams, _random.NextDouble()));
                }

                break;
            default:
                throw new InvalidOperationException("The recorder's stream ended in a way the client does not know.", error);
        }
    }

    private void AskIn(TimeSpan delay)
    {
        _again?.Dispose();
        _again = _self.After(delay, new RemoteMessage.AskNow());
    }

    private void AnswerPasses()
    {
        foreach (var pass in _passes)
        {
            _shows.Tell(new RemoteShowsMessage.Pass(_status, pass)); // one that is refused runs into its limit
        }

        _passes.Clear();
    }

    private void Post(RemoteStatus status)
    {
        _status = status;
        _tree.Board.Post(status);
    }

    private static string Shown(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}

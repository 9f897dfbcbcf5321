using System.Collections.Immutable;
using AudioRelay.Actors;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Remotes;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>The parent of one recorder's shows: spawns one for each that is wanted, when it is known to be there, here or at the recorder.</summary>
/// <remarks>What a show's full mailbox refuses it hears again with the next commit, or when the recorder is asked next.</remarks>
internal sealed class RemoteShowsActor : IActor<RemoteShowsMessage>
{
    /// <summary>A recorder's stream begins with one message for each of its shows.</summary>
    public const int Mailbox = 8192;

    /// <summary>
    /// Most shows of one recorder: far more than a machine records, few enough that a recorder out for it can neither take all memory nor fill
    /// a server with databases. Those that the configuration names and those that are kept already do not count as too many.
    /// </summary>
    public const int MostShows = 1000;

    private readonly IActorContext<RemoteShowsMessage> _self;
    private readonly ReceiverTree _tree;
    private readonly RemotePlan _plan;
    private readonly IRecorderClient _client;
    private readonly ActorRef<RemoteMessage> _remote;
    private readonly ActorOptions _options;
    private readonly Dictionary<string, ActorRef<ShowSyncMessage>> _shows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _actors = new(StringComparer.Ordinal);
    private readonly RemotePresence _presence = new();
    private bool _hasTooMany;

    public RemoteShowsActor(
        IActorContext<RemoteShowsMessage> self,
        ReceiverTree tree,
        RemotePlan plan,
        IRecorderClient client,
        ActorRef<RemoteMessage> remote
    )
    {
        (_self, _tree, _plan, _client, _remote) = (self, tree, plan, client, remote);
        _options = tree.Parts.Actors with { Supervision = tree.Parts.Actors.Supervision with { MaxRestarts = int.MaxValue } };
        foreach (var stored in tree.Roster.Of(plan.Name).Where(stored => plan.Wants(stored.SourceName)))
        {
            Show(stored.SourceName);
        }

        foreach (var wanted in plan.Shows ?? [])
        {
            Show(wanted.Name);
        }
    }

    /// <inheritdoc/>
    public void Receive(RemoteShowsMessage message)
    {
        switch (message)
        {
            case RemoteShowsMessage.Listed m:
                _presence.There();
                Listed(m);
                break;
            case RemoteShowsMessage.Away m:
                _presence.Away(m.Trouble);
                TellAll(new ShowSyncMessage.RecorderAway(m.Trouble));
                break;
            case RemoteShowsMessage.Committed m:
                Committed(m);
                break;
            case RemoteShowsMessage.SyncNow:
                TellAll(new ShowSyncMessage.SyncNow());
                break;
            case RemoteShowsMessage.Pass m:
                m.Answer.Tell(new RemotePass(m.Status, _shows.ToImmutableDictionary()));
                break;
        }
    }

    /// <inheritdoc/>
    public string Describe() => $"shows: {_shows.Count}{(_plan.Shows is null ? ", all that the recorder has" : "")}";

    private void Listed(RemoteShowsMessage.Listed news)
    {
        var known = _shows.ToList(); // one that begins now sees that the recorder is there, and asks it by itself
        var offered = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var show in news.Shows.Where(show => show.Name.Length > 0 && _plan.Wants(show.Name)))
        {
            offered[show.Name] = show.MaxId;
            Offered(show.Name);
        }

        // Those that are not listed too: an old recorder lists a show with its first sound, and the show's own question settles it.
        foreach (var (name, show) in known)
        {
            show.Tell(new ShowSyncMessage.RecorderThere(offered.GetValueOrDefault(name), news.Pushes));
        }
    }

    private void Committed(RemoteShowsMessage.Committed news)
    {
        var name = news.Position.Show;
        if (name.Length == 0 || !_plan.Wants(name))
        {
            return;
        }

        Offered(name)?.Tell(new ShowSyncMessage.Committed(news.Position, news.HeardAt));
    }

    /// <summary>A show that the recorder has told of; null when that are too many.</summary>
    private ActorRef<ShowSyncMessage>? Offered(string name)
    {
        if (_shows.Count < MostShows || _shows.ContainsKey(name))
        {
            return Show(name);
        }

        if (!_hasTooMany)
        {
            _hasTooMany = _remote.Tell(new RemoteMessage.TooMany()); // refused: told with the next one
            _self.Warn($"has more than {MostShows} shows: the others are left there");
        }

        return null;
    }

    private void TellAll(ShowSyncMessage message)
    {
        foreach (var show in _shows.Values)
        {
            show.Tell(message);
        }
    }

    private ActorRef<ShowSyncMessage> Show(string name)
    {
        if (!_shows.TryGetValue(name, out var show))
        {
            show = _self.Spawn<ShowSyncMessage>(
                ActorName(name),
                context => new ShowSyncActor(context, _tree, _plan, name, _client, _presence),
                _options
            );
            _shows.Add(name, show);
        }

        return show;
    }

    /// <summary>A recorder may well have a show that is called as another one's slug.</summary>
    private string ActorName(string show)
    {
        var slug = StoreSlug.Of(show);
        var name = slug;
        for (var number = 2; !_actors.Add(name); number++)
        {
            name = $"{slug}+{number}";
        }

        return name;
    }
}

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

    private readonly IActorContext<RemoteShowsMessage> _self;
    private readonly ReceiverTree _tree;
    private readonly RemotePlan _plan;
    private readonly IRecorderClient _client;
    private readonly ActorOptions _options;
    private readonly Dictionary<string, ActorRef<ShowSyncMessage>> _shows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _actors = new(StringComparer.Ordinal);
    private readonly RemotePresence _presence = new();

    public RemoteShowsActor(IActorContext<RemoteShowsMessage> self, ReceiverTree tree, RemotePlan plan, IRecorderClient client)
    {
        (_self, _tree, _plan, _client) = (self, tree, plan, client);
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
            Show(show.Name);
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

        Show(name).Tell(new ShowSyncMessage.Committed(news.Position, news.HeardAt));
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

using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>The parent of all shows: adds, changes and removes them while the others record, and opens a failed one again.</summary>
internal sealed class ShowsActor : IActor<ShowsMessage>
{
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(5);

    private readonly IActorContext<ShowsMessage> _self;
    private readonly RecorderParts _parts;
    private readonly ShowRoster _roster;
    private readonly ActorRef<StationsMessage> _stations;
    private readonly ActorOptions _options;
    private readonly Dictionary<string, (ActorRef<ShowMessage> Actor, ShowRecording Recording)> _shows = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly Dictionary<string, ReplyTo<string?>> _removing = new(StringComparer.OrdinalIgnoreCase);

    public ShowsActor(IActorContext<ShowsMessage> self, RecorderParts parts, ShowRoster roster, ActorRef<StationsMessage> stations)
    {
        (_self, _parts, _roster, _stations) = (self, parts, roster, stations);

        // A writer that failed cannot be mended by a new actor: the whole recording is opened again. So is a show whose budget is spent.
        _options = parts.Actors with
        {
            Supervision = parts.Actors.Supervision with
            {
                Decide = error => error is ShowFaultException ? Directive.Stop : Directive.Restart,
                WhenSpent = Directive.Stop,
            },
        };

        // After a restart the shows are still open, and nobody else would record them.
        foreach (var recording in roster.Shows)
        {
            Add(recording);
        }
    }

    /// <inheritdoc/>
    public void Receive(ShowsMessage message)
    {
        switch (message)
        {
            case ShowsMessage.Add m:
                m.Done.Tell(Add(m.Recording));
                break;
            case ShowsMessage.Change m:
                Change(m.Plan, m.Done);
                break;
            case ShowsMessage.Remove m:
                Remove(m.Name, m.Done);
                break;
            case ShowsMessage.Finished m:
                Finished(m);
                break;
            case ShowsMessage.Ended m:
                Ended(m.Name, m.News);
                break;
            case ShowsMessage.Released m:
                Released(m.Name, m.Error);
                break;
            case ShowsMessage.OpenAgain m:
                _self.Pipe(
                    token => ShowRecording.OpenAsync(m.Plan, _parts, token),
                    recording => new ShowsMessage.Opened(m.Plan, recording, null),
                    error => new ShowsMessage.Opened(m.Plan, null, error)
                );
                break;
            case ShowsMessage.Opened m:
                Opened(m);
                break;
        }
    }

    /// <inheritdoc/>
    public string Describe() => $"shows: {_shows.Count}";

    private string? Add(ShowRecording recording)
    {
        var name = recording.Plan.Name;
        if (_shows.ContainsKey(name))
        {
            return $"there is a show '{name}' already";
        }

        var actor = _self.Spawn<ShowMessage>(name, context => new ShowActor(context, recording, _stations), _options);
        _self.Watch(actor, news => new ShowsMessage.Ended(name, news));
        _shows.Add(name, (actor, recording));
        Publish();
        return null;
    }

    private void Change(ShowPlan plan, ReplyTo<string?> done)
    {
        if (!_shows.TryGetValue(plan.Name, out var show))
        {
            done.Tell($"there is no show '{plan.Name}'");
        }
        else if (show.Recording.Plan.Station != plan.Station || show.Recording.Plan.Capture != plan.Capture)
        {
            done.Tell("another station or format makes it another recording: remove the show and add it again");
        }
        else
        {
            done.Tell(show.Actor.Tell(new ShowMessage.Change(plan)) ? null : $"'{plan.Name}' is too busy");
        }
    }

    private void Remove(string name, ReplyTo<string?> done)
    {
        if (!_shows.TryGetValue(name, out var show))
        {
            done.Tell($"there is no show '{name}'");
            return;
        }

        _self.Pipe(
            token => show.Actor.Ask<bool>(reply => new ShowMessage.Finish(reply), FinishLimit, token),
            _ => new ShowsMessage.Finished(name, null, done),
            error => new ShowsMessage.Finished(name, error, done)
        );
    }

    private void Finished(ShowsMessage.Finished m)
    {
        if (m.Error is not null)
        {
            _self.Log($"'{m.Name}' did not finish in order: {m.Error.Message}");
        }

        if (!_shows.TryGetValue(m.Name, out var show) || !_removing.TryAdd(m.Name, m.Done))
        {
            m.Done.Tell($"'{m.Name}' is being removed already");
            return;
        }

        _self.Stop(show.Actor);
    }

    private void Ended(string name, ActorEnded news)
    {
        if (!_shows.TryGetValue(name, out var show))
        {
            return;
        }

        if (news.End == ActorEnd.Failed)
        {
            _self.Log($"'{name}' failed and is opened again: {news.Fault?.Message}");
            _self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(show.Recording.Plan));
        }

        _shows.Remove(name);
        Publish();
        _self.Pipe(
            async token =>
            {
                try
                {
                    await LeaveStation(show.Recording, token);
                }
                finally
                {
                    // Also when the station did not answer: whoever opens the show again needs its lock.
                    await show.Recording.DisposeAsync();
                }
            },
            () => new ShowsMessage.Released(name, null),
            error => new ShowsMessage.Released(name, error)
        );
    }

    /// <summary>A failed show could not leave by itself, and its capture must not be fed once it is closed.</summary>
    private async Task LeaveStation(ShowRecording recording, CancellationToken token) =>
        await _stations.Ask<bool>(
            done => new StationsMessage.Leave(recording.Plan.Station, recording.Capture, Storage.EndCause.WriterFault, done),
            FinishLimit,
            token
        );

    private void Released(string name, Exception? error)
    {
        if (error is not null)
        {
            _self.Log($"'{name}' was not closed in order: {error.Message}");
        }

        _parts.Feed.Forget(name);
        if (_removing.Remove(name, out var done))
        {
            done.Tell(null);
        }
    }

    private void Opened(ShowsMessage.Opened m)
    {
        if (m.Recording is { } recording)
        {
            Add(recording);
            return;
        }

        _self.Log($"'{m.Plan.Name}' cannot be opened: {m.Error?.Message}");
        _self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(m.Plan));
    }

    private void Publish() => _roster.Set(_shows.Values.Select(s => s.Recording));
}

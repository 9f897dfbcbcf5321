using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Actors.Supervision;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>The parent of all shows: adds, changes and removes them while the others record, and opens a failed one again.</summary>
internal sealed class ShowsActor(
    IActorContext<ShowsMessage> self,
    RecorderParts parts,
    ShowRoster roster,
    ActorRef<StationsMessage> stations
) : IActor<ShowsMessage>
{
    private static readonly TimeSpan FinishLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(5);

    // A writer that failed cannot be mended by a new actor: the whole recording is opened again.
    private static readonly ActorOptions Options = new()
    {
        Supervision = new SupervisionPolicy { Decide = error => error is ShowFaultException ? Directive.Stop : Directive.Restart },
    };

    private readonly Dictionary<string, (ActorRef<ShowMessage> Actor, ShowRecording Recording)> _shows = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly Dictionary<string, ReplyTo<string?>> _removing = new(StringComparer.OrdinalIgnoreCase);

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
                self.Pipe(
                    token => ShowRecording.OpenAsync(m.Plan, parts, token),
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

        var actor = self.Spawn<ShowMessage>(name, context => new ShowActor(context, recording, stations), Options);
        self.Watch(actor, news => new ShowsMessage.Ended(name, news));
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

        self.Pipe(
            token => show.Actor.Ask<bool>(reply => new ShowMessage.Finish(reply), FinishLimit, token),
            _ => new ShowsMessage.Finished(name, null, done),
            error => new ShowsMessage.Finished(name, error, done)
        );
    }

    private void Finished(ShowsMessage.Finished m)
    {
        if (m.Error is not null)
        {
            self.Log($"'{m.Name}' did not finish in order: {m.Error.Message}");
        }

        if (!_shows.TryGetValue(m.Name, out var show) || !_removing.TryAdd(m.Name, m.Done))
        {
            m.Done.Tell($"'{m.Name}' is being removed already");
            return;
        }

        self.Stop(show.Actor);
    }

    private void Ended(string name, ActorEnded news)
    {
        if (!_shows.TryGetValue(name, out var show))
        {
            return;
        }

        if (news.End == ActorEnd.Failed)
        {
            self.Log($"'{name}' failed and is opened again: {news.Fault?.Message}");
            self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(show.Recording.Plan));
        }

        _shows.Remove(name);
        Publish();
        self.Pipe(
            async token =>
            {
                await LeaveStation(show.Recording, token);
                await show.Recording.DisposeAsync();
            },
            () => new ShowsMessage.Released(name, null),
            error => new ShowsMessage.Released(name, error)
        );
    }

    /// <summary>A failed show could not leave by itself, and its capture must not be fed once it is closed.</summary>
    private async Task LeaveStation(ShowRecording recording, CancellationToken token) =>
        await stations.Ask<bool>(
            done => new StationsMessage.Leave(recording.Plan.Station, recording.Capture, Storage.EndCause.WriterFault, done),
            FinishLimit,
            token
        );

    private void Released(string name, Exception? error)
    {
        if (error is not null)
        {
            self.Log($"'{name}' was not closed in order: {error.Message}");
        }

        parts.Feed.Forget(name);
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

        self.Log($"'{m.Plan.Name}' cannot be opened: {m.Error?.Message}");
        self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(m.Plan));
    }

    private void Publish() => roster.Set(_shows.Values.Select(s => s.Recording));
}

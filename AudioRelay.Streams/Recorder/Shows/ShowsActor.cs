using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Actors.Supervision;
using AudioRelay.Storage;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>The parent of all shows: adds, changes and removes them while the others record, and opens a failed one again.</summary>
/// <remarks>What is recorded stands in the roster, so that a restart of this actor costs nobody anything.</remarks>
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
    private readonly HashSet<string> _inTransit = new(StringComparer.OrdinalIgnoreCase);

    public ShowsActor(IActorContext<ShowsMessage> self, RecorderParts parts, ShowRoster roster, ActorRef<StationsMessage> stations)
    {
        (_self, _parts, _roster, _stations) = (self, parts, roster, stations);
        _options = parts.Actors with
        {
            // A writer that failed cannot be mended by a new actor: the whole recording is opened again. Nor does one bad show end the others.
            Supervision = parts.Actors.Supervision with
            {
                Decide = error => error is ShowFaultException ? Directive.Stop : Directive.Restart,
                WhenSpent = Directive.Stop,
            },
        };
        foreach (var recording in roster.Shows)
        {
            Begin(recording);
        }

        foreach (var name in roster.Failed.Keys)
        {
            self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(name));
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
                Finished(m.Name, m.Error);
                break;
            case ShowsMessage.Ended m:
                Ended(m.Name, m.News);
                break;
            case ShowsMessage.Released m:
                Released(m.Name, m.Error);
                break;
            case ShowsMessage.OpenAgain m:
                OpenAgain(m.Name);
                break;
            case ShowsMessage.Opened m:
                Opened(m);
                break;
        }
    }

    /// <inheritdoc/>
    public string Describe() =>
        _roster.Failed.Count == 0 ? $"shows: {_shows.Count}" : $"shows: {_shows.Count}, failed: {_roster.Failed.Count}";

    private string? Add(ShowRecording recording)
    {
        var name = recording.Plan.Name;
        if (_shows.ContainsKey(name) || _roster.Failed.ContainsKey(name))
        {
            return $"there is a show '{name}' already";
        }

        Begin(recording);
        Publish();
        return null;
    }

    private void Begin(ShowRecording recording)
    {
        var name = recording.Plan.Name;
        var actor = _self.Spawn<ShowMessage>(name, context => new ShowActor(context, recording, _stations), _options);
        _self.Watch(actor, news => new ShowsMessage.Ended(name, news));
        _shows.Add(name, (actor, recording));
    }

    private void Change(ShowPlan plan, ReplyTo<string?> done)
    {
        if (_roster.Failed.ContainsKey(plan.Name))
        {
            _roster.Failed[plan.Name] = plan; // it is opened again as it is wanted now
            done.Tell(null);
        }
        else if (!_shows.TryGetValue(plan.Name, out var show))
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
        if (_roster.Failed.Remove(name))
        {
            if (_inTransit.Contains(name))
            {
                _removing[name] = done; // it is being closed or opened just now, and has its lock
            }
            else
            {
                done.Tell(null);
            }

            return;
        }

        if (!_shows.TryGetValue(name, out var show))
        {
            done.Tell($"there is no show '{name}'");
            return;
        }

        if (!_removing.TryAdd(name, done))
        {
            done.Tell($"'{name}' is being removed already");
            return;
        }

        _self.Pipe(
            token => show.Actor.Ask<bool>(reply => new ShowMessage.Finish(reply), FinishLimit, token),
            _ => new ShowsMessage.Finished(name, null),
            error => new ShowsMessage.Finished(name, error)
        );
    }

    private void Finished(string name, Exception? error)
    {
        if (error is not null)
        {
            _self.Warn($"'{name}' did not finish in order: {error.Message}");
        }

        if (_shows.TryGetValue(name, out var show))
        {
            _self.Stop(show.Actor);
        }
    }

    private void Ended(string name, ActorEnded news)
    {
        if (!_shows.Remove(name, out var show))
        {
            return;
        }

        var cause = EndCause.StoppedByUser;
        if (news.End == ActorEnd.Failed && !_removing.ContainsKey(name))
        {
            cause = EndCause.WriterFault;
            _roster.Failed[name] = show.Recording.Plan;
            _self.Warn($"'{name}' failed and is opened again: {news.Fault?.Message}");
        }

        Publish();
        LetGo(show.Recording, cause);
    }

    private void LetGo(ShowRecording recording, EndCause cause)
    {
        var name = recording.Plan.Name;
        _inTransit.Add(name);
        _self.Pipe(
            _ => Release(recording, cause),
            () => new ShowsMessage.Released(name, null),
            error => new ShowsMessage.Released(name, error)
        );
    }

    /// <summary>Its capture must not be fed once it is closed, and it must be closed whatever happens: it has the lock.</summary>
    private async Task Release(ShowRecording recording, EndCause cause)
    {
        try
        {
            if (recording.Listens)
            {
                await _stations.Ask<bool>(
                    done => new StationsMessage.Leave(recording.Plan.Station, recording.Capture, cause, done),
                    FinishLimit
                );
            }
        }
        finally
        {
            _parts.Feed.Forget(recording.Plan.Name);
            await recording.DisposeAsync();
        }
    }

    private void Released(string name, Exception? error)
    {
        if (error is not null)
        {
            _self.Warn($"'{name}' was not closed in order: {error.Message}");
        }

        Arrived(name);
    }

    /// <summary>Nobody holds the show's files now.</summary>
    private void Arrived(string name)
    {
        _inTransit.Remove(name);
        if (_removing.Remove(name, out var done))
        {
            done.Tell(null);
        }
        else if (_roster.Failed.ContainsKey(name))
        {
            _self.After(OpenAgainAfter, new ShowsMessage.OpenAgain(name));
        }
    }

    private void OpenAgain(string name)
    {
        if (_roster.Failed.TryGetValue(name, out var plan) && _inTransit.Add(name))
        {
            _self.Pipe(
                _ => ShowRecording.OpenAsync(plan, _parts, CancellationToken.None), // called off in the middle, it would keep the lock
                recording => new ShowsMessage.Opened(plan, recording, null),
                error => new ShowsMessage.Opened(plan, null, error)
            );
        }
    }

    private void Opened(ShowsMessage.Opened m)
    {
        var name = m.Plan.Name;
        if (m.Recording is null)
        {
            if (_roster.Reasons.GetValueOrDefault(name) != m.Error?.Message)
            {
                // Once for each reason, not every five seconds.
                _roster.Reasons[name] = m.Error?.Message;
                _self.Warn($"'{name}' cannot be opened, and is tried again: {m.Error?.Message}");
            }

            Arrived(name);
        }
        else if (_roster.Failed.GetValueOrDefault(name) == m.Plan)
        {
            _roster.Failed.Remove(name);
            if (_roster.Reasons.Remove(name))
            {
                _self.Log($"'{name}' is opened");
            }

            _inTransit.Remove(name);
            Begin(m.Recording);
            Publish();
        }
        else
        {
            LetGo(m.Recording, EndCause.StoppedByUser); // removed or changed while it was being opened
        }
    }

    private void Publish() => _roster.Set(_shows.Values.Select(s => s.Recording));
}

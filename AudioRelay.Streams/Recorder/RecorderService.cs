using AudioRelay.Actors;
using AudioRelay.Storage;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder;

/// <summary>A running recorder: the tree <c>/recorder</c> with its stations and shows, seen from outside.</summary>
public sealed class RecorderService
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system;
    private readonly RecorderParts _parts;
    private readonly ActorRef<ShowsMessage> _shows;
    private readonly ShowRoster _roster;

    private RecorderService(ActorSystem system, RecorderParts parts, ActorRef<ShowsMessage> shows, ShowRoster roster) =>
        (_system, _parts, _shows, _roster) = (system, parts, shows, roster);

    /// <summary>The shows that are recorded now.</summary>
    public IReadOnlyList<ShowRecording> Shows => _roster.Shows;

    /// <summary>Opens every show and begins to record, each by its own schedule.</summary>
    /// <param name="system">Where the actors live.</param>
    /// <param name="parts">What the shows share.</param>
    /// <param name="plans">The shows.</param>
    /// <param name="dial">Opens a station's stream.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="RecorderStartException">At least one show's file cannot be recorded to; says so of all of them.</exception>
    public static async Task<RecorderService> StartAsync(
        ActorSystem system,
        RecorderParts parts,
        IReadOnlyList<ShowPlan> plans,
        StationDial dial,
        CancellationToken token
    )
    {
        Directory.CreateDirectory(parts.OutputDirectory);
        var recordings = await OpenAll(parts, plans, token);
        var roster = new ShowRoster();
        var started = new TaskCompletionSource<ActorRef<ShowsMessage>>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Spawn<RecorderMessage>("recorder", context => new RecorderActor(context, parts, roster, dial, started), RecorderActor.Vital);
        var service = new RecorderService(system, parts, await started.Task.WaitAsync(token), roster);
        foreach (var recording in recordings)
        {
            await service.Add(recording, token);
        }

        return service;
    }

    /// <summary>Opens a show and records it while the others go on.</summary>
    /// <exception cref="StorageException">Its file cannot be recorded to.</exception>
    /// <exception cref="InvalidOperationException">There is a show of that name.</exception>
    public async Task AddAsync(ShowPlan plan, CancellationToken token)
    {
        var recording = await ShowRecording.OpenAsync(plan, _parts, token);
        try
        {
            await Add(recording, token);
        }
        catch
        {
            await recording.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes a show: schedule and retention at once; another station or format ends it and begins anew in the same file.</summary>
    /// <exception cref="InvalidOperationException">There is no such show.</exception>
    public async Task ChangeAsync(ShowPlan plan, CancellationToken token)
    {
        var now = Shows.FirstOrDefault(s => s.Plan.Name.Equals(plan.Name, StringComparison.OrdinalIgnoreCase));
        if (now is not null && (now.Plan.Station != plan.Station || now.Plan.Capture != plan.Capture))
        {
            await RemoveAsync(plan.Name, token);
            await AddAsync(plan, token);
            return;
        }

        Refuse(await _shows.Ask<string?>(done => new ShowsMessage.Change(plan, done), AskLimit, token));
    }

    /// <summary>Ends a show; what it recorded stays in its file.</summary>
    /// <exception cref="InvalidOperationException">There is no such show.</exception>
    public async Task RemoveAsync(string name, CancellationToken token) =>
        Refuse(await _shows.Ask<string?>(done => new ShowsMessage.Remove(name, done), AskLimit, token));

    /// <summary>Ends every section in order, writes everything and lets go of the files. The windows stay open: recording is only interrupted.</summary>
    /// <returns>What did not stop in time; complete when all is well.</returns>
    public async Task<StopReport> StopAsync()
    {
        // Shows first: while they end their sections their stations must still answer.
        var recordings = Shows;
        _system.Stop(_shows.Path);
        await Task.WhenAny(_shows.Ended, Task.Delay(AskLimit, _parts.Time));
        var report = await _system.StopAsync();
        await Task.WhenAll(recordings.Select(r => r.DisposeAsync().AsTask()));
        return report;
    }

    private static async Task<ShowRecording[]> OpenAll(RecorderParts parts, IReadOnlyList<ShowPlan> plans, CancellationToken token)
    {
        var opening = plans.Select(plan => ShowRecording.OpenAsync(plan, parts, token)).ToArray();
        await Task.WhenAll(opening)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (Array.TrueForAll(opening, o => o.IsCompletedSuccessfully))
        {
            return await Task.WhenAll(opening);
        }

        List<string> problems = [];
        for (var index = 0; index < opening.Length; index++)
        {
            try
            {
                await (await opening[index]).DisposeAsync();
            }
            catch (StorageException error)
            {
                problems.Add($"{plans[index].Name}: {error.Message}");
            }
        }

        token.ThrowIfCancellationRequested();
        throw new RecorderStartException(problems);
    }

    private async Task Add(ShowRecording recording, CancellationToken token) =>
        Refuse(await _shows.Ask<string?>(done => new ShowsMessage.Add(recording, done), AskLimit, token));

    private static void Refuse(string? why)
    {
        if (why is not null)
        {
            throw new InvalidOperationException(why);
        }
    }
}

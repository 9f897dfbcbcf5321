using AudioRelay.Actors;
using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Streams.Recorder.Shows;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder;

/// <summary>A running recorder: the tree <c>/recorder</c> with its stations and shows, seen from outside.</summary>
public sealed class RecorderService
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(8);

    private readonly ActorSystem _system;
    private readonly RecorderParts _parts;
    private readonly RecorderTree _tree;
    private Task? _ending;

    private RecorderService(ActorSystem system, RecorderParts parts, RecorderTree tree) => (_system, _parts, _tree) = (system, parts, tree);

    /// <summary>The shows that are recorded now.</summary>
    public IReadOnlyList<ShowRecording> Shows => _tree.Roster.Shows;

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
        var (recordings, later) = await OpenAll(parts, plans, token);
        RecorderService? service = null;
        try
        {
            var tree = new RecorderTree();
            foreach (var plan in later)
            {
                tree.Roster.Failed.Add(plan.Name, plan);
            }

            system.Spawn<RecorderMessage>("recorder", context => new RecorderActor(context, parts, tree, dial), RecorderActor.Vital);
            await tree.Started.WaitAsync(token);
            service = new RecorderService(system, parts, tree);
            foreach (var recording in recordings)
            {
                await service.Add(recording, token);
            }

            return service;
        }
        catch
        {
            if (service is not null)
            {
                await service.StopAsync();
            }

            await Task.WhenAll(recordings.Select(r => r.DisposeAsync().AsTask())); // those that no actor had taken over yet
            throw;
        }
    }

    /// <summary>Opens a show and records it while the others go on.</summary>
    /// <exception cref="StorageException">Its file cannot be recorded to.</exception>
    /// <exception cref="InvalidOperationException">There is a show of that name.</exception>
    public async Task AddAsync(ShowPlan plan, CancellationToken token)
    {
        var recording = await ShowRecording.OpenAsync(plan, _parts, token);
        recording.SettledUs = Capture.Moment.Of(_parts.Time).UtcUs; // the recorder was here, and nobody wanted it before
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
            try
            {
                await AddAsync(plan, token);
            }
            catch
            {
                await AddAsync(now.Plan, CancellationToken.None); // what cannot be had does not cost what was there
                throw;
            }

            return;
        }

        Refuse(await _tree.Shows.Ask<string?>(done => new ShowsMessage.Change(plan, done), AskLimit, token));
    }

    /// <summary>Ends a show; what it recorded stays in its file.</summary>
    /// <exception cref="InvalidOperationException">There is no such show.</exception>
    public async Task RemoveAsync(string name, CancellationToken token) =>
        Refuse(await _tree.Shows.Ask<string?>(done => new ShowsMessage.Remove(name, done), AskLimit, token));

    /// <summary>
    /// Ends every section in order and writes everything. What is kept can be read on, so that receivers learn of the ends while the recorder
    /// still answers. The windows stay open: recording is only interrupted.
    /// </summary>
    public Task EndAsync() => _ending ??= End();

    /// <summary>Ends every section as <see cref="EndAsync"/> does, if that was not done before, and lets go of the files.</summary>
    /// <returns>What did not stop in time; complete when all is well.</returns>
    public async Task<StopReport> StopAsync()
    {
        await EndAsync();
        var report = await _system.StopAsync();
        await Task.WhenAll(Shows.Select(r => r.DisposeAsync().AsTask()));
        return report;
    }

    private async Task End()
    {
        // Shows first, so that none listens again; then their sections, for which the stations must still answer.
        var shows = _tree.Shows;
        _system.Stop(shows.Path);
        await Task.WhenAny(shows.Ended, Task.Delay(AskLimit, _parts.Time));
        await Task.WhenAll(Shows.Where(r => r.Listens).Select(Leave));
        await Task.WhenAll(Shows.Select(r => r.FinishAsync()));
    }

    private async Task Leave(ShowRecording show)
    {
        try
        {
            await _tree.Stations.Ask<bool>(
                done => new StationsMessage.Leave(show.Plan.Station, show.Capture, EndCause.StoppedByUser, done),
                LeaveLimit
            );
        }
        catch (AskException)
        {
            // A station that is stuck or ended: the report names it, and the spool has what is missing.
        }
    }

    /// <summary>
    /// Opens every show. What only a person can mend (a wrong configuration, another recorder) refuses the start, with all reasons at once;
    /// a full disk or a damaged file must not keep the other shows from being recorded after a power cut, and is tried again.
    /// </summary>
    private static async Task<(ShowRecording[] Ready, IReadOnlyList<ShowPlan> Later)> OpenAll(
        RecorderParts parts,
        IReadOnlyList<ShowPlan> plans,
        CancellationToken token
    )
    {
        var opening = plans.Select(plan => ShowRecording.OpenAsync(plan, parts, token)).ToArray();
        await Task.WhenAll(opening)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var ready = new List<ShowRecording>();
        List<(ShowPlan Plan, Exception Error)> failed = [];
        for (var index = 0; index < opening.Length; index++)
        {
            if (opening[index].IsCompletedSuccessfully)
            {
                ready.Add(await opening[index]);
            }
            else
            {
                failed.Add((plans[index], opening[index].Exception?.InnerException ?? new OperationCanceledException(token)));
            }
        }

        if (failed.TrueForAll(f => MayPass(f.Error)) && (ready.Count > 0 || failed.Count == 0))
        {
            return ([.. ready], [.. failed.Select(f => f.Plan)]);
        }

        // Whatever the reason, the locks of the others are let go first.
        await Task.WhenAll(ready.Select(r => r.DisposeAsync().AsTask()));
        token.ThrowIfCancellationRequested();
        if (failed.Find(f => f.Error is not (StorageException or IOException or UnauthorizedAccessException)) is { Error: { } unexpected })
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(unexpected);
        }

        throw new RecorderStartException([.. failed.Select(f => $"{f.Plan.Name}: {f.Error.Message}")]);
    }

    private static bool MayPass(Exception error) =>
        error is StorageException { Fault: StorageFault.DiskFull or StorageFault.Busy or StorageFault.Corrupt or StorageFault.IoError };

    private async Task Add(ShowRecording recording, CancellationToken token) =>
        Refuse(await _tree.Shows.Ask<string?>(done => new ShowsMessage.Add(recording, done), AskLimit, token));

    private static void Refuse(string? why)
    {
        if (why is not null)
        {
            throw new InvalidOperationException(why);
        }
    }
}

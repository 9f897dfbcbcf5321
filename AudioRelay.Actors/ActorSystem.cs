using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Running;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors;

/// <summary>A tree of actors under one clock: starts them, shows them, steers them and stops them in order.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    private readonly TaskCompletionSource<ActorFault> _fatal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Random _random;
    private readonly ActorCell _root;

    /// <param name="time">The clock of every actor.</param>
    /// <param name="random">Chance for restart delays; used by one thread at a time.</param>
    /// <param name="options">Null for the defaults.</param>
    public ActorSystem(TimeProvider time, Random random, ActorSystemOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(random);
        (Time, _random, Options) = (time, random, options ?? new ActorSystemOptions());
        _root = new ActorCell(this, parent: null, "", "System", _ => new RootActor(), Options.Defaults);
        _root.Post(new SystemMessage.Start());
    }

    /// <summary>
    /// Completes when a fault has reached the root: nobody is left to decide, and the process should stop the system and exit with an error.
    /// </summary>
    public Task<ActorFault> FatalFault => _fatal.Task;

    /// <summary>
    /// True when no actor takes a turn or has one coming: only a timer, a piped task or somebody outside can start anything. For tests that
    /// move the clock.
    /// </summary>
    public bool IsAtRest => _root.IsAtRest;

    internal TimeProvider Time { get; }

    internal ActorSystemOptions Options { get; }

    /// <summary>Starts an actor at the top of the tree.</summary>
    /// <param name="name">Unique there: letters, digits and <c>. _ - ~ @ : + =</c>.</param>
    /// <param name="create">Makes the instance; called again for each restart.</param>
    /// <param name="options">Null for the defaults of the system.</param>
    public ActorRef<TMessage> Spawn<TMessage>(
        string name,
        Func<IActorContext<TMessage>, IActor<TMessage>> create,
        ActorOptions? options = null
    ) => _root.Spawn(name, create, options);

    /// <summary>Everything that lives, from the root down. Asks no actor, so a stuck one is shown too.</summary>
    public ActorNode Tree() => Node(_root);

    /// <summary>One actor; null if there is none at that path.</summary>
    public ActorSnapshot? Find(string path) => ActorPath.Find(_root, path)?.Snapshot();

    /// <summary>The recent log lines of one actor, oldest first; null if there is none at that path.</summary>
    public IReadOnlyList<ActorLogLine>? Log(string path) => ActorPath.Find(_root, path)?.Chart.Lines();

    /// <summary>Asks an actor for a new instance, at once and outside its budget; one that waits for a restart stops waiting.</summary>
    /// <returns>False if there is none at that path, or it is the root.</returns>
    public bool Restart(string path) => Steer(path, new SystemMessage.Restart());

    /// <summary>Asks an actor to end.</summary>
    /// <returns>False if there is none at that path, or it is the root.</returns>
    public bool Stop(string path) => Steer(path, new SystemMessage.Stop(ActorEnd.AskedToStop));

    /// <summary>Stops everything, children before parents, and says what did not stop within the limit.</summary>
    /// <param name="limit">Null for the limit of the options.</param>
    public async Task<StopReport> StopAsync(TimeSpan? limit = null)
    {
        var started = Time.GetTimestamp();
        _root.Post(new SystemMessage.Stop(ActorEnd.AskedToStop));
        try
        {
            await _root.Ended.WaitAsync(limit ?? Options.StopLimit, Time);
        }
        catch (TimeoutException)
        {
            var left = Tree().Flatten().Skip(1).Where(actor => actor.Status != ActorStatus.Stopped);
            return new StopReport(Time.GetElapsedTime(started), [.. left]);
        }

        return new StopReport(Time.GetElapsedTime(started), []);
    }

    /// <summary>Stops everything within the limit of the options.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    internal void Report(ActorFault fatal) => _fatal.TrySetResult(fatal);

    internal double NextRandom()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }

    private static ActorNode Node(ActorCell cell) => new(cell.Snapshot(), [.. cell.Children.All().Select(Node)]);

    private bool Steer(string path, SystemMessage message)
    {
        if (ActorPath.Find(_root, path) is not { Parent: not null } cell)
        {
            return false;
        }

        cell.Post(message);
        return true;
    }
}

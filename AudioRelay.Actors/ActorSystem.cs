#pragma warning disable MA0025 // until the runtime lands, in the next commits
using AudioRelay.Actors.Inspection;

namespace AudioRelay.Actors;

/// <summary>A tree of actors under one clock: starts them, shows them, steers them and stops them in order.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    /// <param name="time">The clock of every actor.</param>
    /// <param name="random">Chance for restart delays; used by one thread at a time.</param>
    /// <param name="options">Null for the defaults.</param>
    public ActorSystem(TimeProvider time, Random random, ActorSystemOptions? options = null) => throw new NotImplementedException();

    /// <summary>
    /// Completes when a fault has reached the root: nobody is left to decide, and the process should stop the system and exit with an error.
    /// </summary>
    public Task<ActorFault> FatalFault => throw new NotImplementedException();

    /// <summary>Starts an actor at the top of the tree.</summary>
    /// <param name="name">Unique there: letters, digits and <c>. _ - ~ @ : + =</c>.</param>
    /// <param name="create">Makes the instance; called again for each restart.</param>
    /// <param name="options">Null for the defaults of the system.</param>
    public ActorRef<TMessage> Spawn<TMessage>(
        string name,
        Func<IActorContext<TMessage>, IActor<TMessage>> create,
        ActorOptions? options = null
    ) => throw new NotImplementedException();

    /// <summary>Everything that lives, from the root down. Asks no actor, so a stuck one is shown too.</summary>
    public ActorNode Tree() => throw new NotImplementedException();

    /// <summary>One actor; null if there is none at that path.</summary>
    public ActorSnapshot? Find(string path) => throw new NotImplementedException();

    /// <summary>The recent log lines of one actor, oldest first; null if there is none at that path.</summary>
    public IReadOnlyList<ActorLogLine>? Log(string path) => throw new NotImplementedException();

    /// <summary>Asks an actor for a new instance, at once and outside its budget; one that waits for a restart stops waiting.</summary>
    /// <returns>False if there is none at that path, or it is the root.</returns>
    public bool Restart(string path) => throw new NotImplementedException();

    /// <summary>Asks an actor to end.</summary>
    /// <returns>False if there is none at that path, or it is the root.</returns>
    public bool Stop(string path) => throw new NotImplementedException();

    /// <summary>Stops everything, children before parents, and says what did not stop within the limit.</summary>
    /// <param name="limit">Null for the limit of the options.</param>
    public Task<StopReport> StopAsync(TimeSpan? limit = null) => throw new NotImplementedException();

    /// <summary>Stops everything within the limit of the options.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

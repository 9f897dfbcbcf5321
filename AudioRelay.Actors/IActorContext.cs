using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors;

/// <summary>What the runtime offers one instance of an actor. Everything started through it ends with that instance.</summary>
/// <remarks>
/// <see cref="Self"/>, <see cref="Path"/>, <see cref="Time"/>, <see cref="Log"/> and <see cref="Warn"/> may be used from anywhere. The rest belongs to the
/// constructor and the handler, and is refused elsewhere: a task that wants something of its actor sends it a message.
/// </remarks>
public interface IActorContext<TMessage>
{
    /// <summary>The actor's own address; the same one after a restart.</summary>
    ActorRef<TMessage> Self { get; }

    /// <summary>Where it stands in the tree, as <c>/recorder/shows/news</c>.</summary>
    string Path { get; }

    /// <summary>1 for the first instance, one more after each restart.</summary>
    int Incarnation { get; }

    /// <summary>The clock of the system; the only one an actor uses.</summary>
    TimeProvider Time { get; }

    /// <summary>Starts a child, supervised as its options say. Its constructor runs on its own turn, not in this call.</summary>
    /// <param name="name">Unique among the children: letters, digits and <c>. _ - ~ @ : + =</c>.</param>
    /// <param name="create">Makes the instance; called again for each restart.</param>
    /// <param name="options">Null for the defaults of the system.</param>
    ActorRef<TChild> Spawn<TChild>(string name, Func<IActorContext<TChild>, IActor<TChild>> create, ActorOptions? options = null);

    /// <summary>Sends the message to this actor after the delay, ahead of the mailbox, full or not.</summary>
    /// <returns>Dispose it to call the message off, even one that is already waiting.</returns>
    IDisposable After(TimeSpan delay, TMessage message);

    /// <summary>Does work outside the handler and returns its outcome as a message, ahead of the mailbox, full or not.</summary>
    /// <remarks>
    /// An answer that comes after this instance has ended is dropped. The two functions run on the actor's turn. The token is cancelled
    /// when the instance ends, which then waits for the work to return, for <see cref="ActorOptions.EndLimit"/> at most.
    /// </remarks>
    /// <returns>Dispose it to cancel the work and drop its answer.</returns>
    IDisposable Pipe<TResult>(Func<CancellationToken, Task<TResult>> work, Func<TResult, TMessage> onOk, Func<Exception, TMessage> onError);

    /// <inheritdoc cref="Pipe{TResult}"/>
    IDisposable Pipe(Func<CancellationToken, Task> work, Func<TMessage> onOk, Func<Exception, TMessage> onError);

    /// <summary>Asks to be told when a child has ended for good (a restart is not an end); at once if it has.</summary>
    void Watch(ActorRef child, Func<ActorEnded, TMessage> message);

    /// <summary>Hands a fault to the parent, as if the handler had thrown it: this is the last message of this instance.</summary>
    void Escalate(Exception fault);

    /// <summary>Ends this actor after the current message.</summary>
    void Stop();

    /// <summary>Asks a child to end.</summary>
    void Stop(ActorRef child);

    /// <summary>Adds a line to the actor's recent log, which people read with <c>actors log</c>. Never a secret.</summary>
    void Log(string text);

    /// <summary>The same for trouble that somebody may want to look at, once when it begins. Never a secret.</summary>
    void Warn(string text);
}

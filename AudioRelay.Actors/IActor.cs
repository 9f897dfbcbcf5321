using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors;

/// <summary>Something that lives, may fail, and handles its messages one at a time.</summary>
/// <remarks>
/// Nothing is awaited in a handler: work leaves through <see cref="IActorContext{TMessage}.Pipe{TResult}"/> and returns as a message.
/// A restart makes a new instance; whatever must outlive it belongs to somebody else.
/// </remarks>
/// <typeparam name="TMessage">The closed set of messages it understands.</typeparam>
public interface IActor<in TMessage>
{
    /// <summary>Handles one message. An exception is a fault: the instance ends, and the parent decides what comes next.</summary>
    void Receive(TMessage message);

    /// <summary>Its state in a few words, for people. Called after each message, so it should be cheap; never a secret.</summary>
    string Describe() => "";

    /// <summary>Releases what the instance holds: called once when it ends, after its children have stopped and its piped work has returned.</summary>
    /// <param name="end">Why it ends; before a restart too.</param>
    /// <param name="token">Cancelled when <see cref="ActorOptions.EndLimit"/> is over, after which the runtime goes on without it.</param>
    Task Ending(ActorEnd end, CancellationToken token) => Task.CompletedTask;
}

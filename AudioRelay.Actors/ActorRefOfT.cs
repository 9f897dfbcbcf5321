using AudioRelay.Actors.Asking;

namespace AudioRelay.Actors;

/// <summary>The address of an actor that understands <typeparamref name="TMessage"/>. Restarts do not change it.</summary>
public abstract class ActorRef<TMessage> : ActorRef
{
    /// <param name="path">Where it stands in the tree.</param>
    /// <param name="time">The clock that limits questions.</param>
    protected ActorRef(string path, TimeProvider time)
        : base(path, time) { }

    /// <summary>Sends a message and does not wait.</summary>
    /// <returns>False when it was refused, because the mailbox is full or the actor has ended; the mailbox counts these.</returns>
    public abstract bool Tell(TMessage message);

    /// <summary>Sends a question and waits for its answer. For use outside actors; inside, pipe it.</summary>
    /// <param name="question">Makes the message from the place to which the answer goes.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="token">Gives the question up.</param>
    /// <exception cref="AskException">No answer, and why.</exception>
    public async Task<TReply> Ask<TReply>(Func<ReplyTo<TReply>, TMessage> question, TimeSpan limit, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        var reply = new ReplyTo<TReply>();
        if (!Tell(question(reply)))
        {
            throw new AskException(AskFailure.Refused, Path);
        }

        try
        {
            await Task.WhenAny(reply.Answer, Ended).WaitAsync(limit, Time, token);
        }
        catch (TimeoutException late)
        {
            throw new AskException(AskFailure.TimedOut, Path, late);
        }

        // An actor may answer with its last message and end: the answer counts.
        return reply.Answer.IsCompleted ? await reply.Answer : throw new AskException(AskFailure.Ended, Path);
    }
}

namespace AudioRelay.Actors.Asking;

/// <summary>Where the answer to a question goes. Travels inside the message.</summary>
public sealed class ReplyTo<TReply>
{
    // Continuations of the one who asks never run on the actor's turn.
    private readonly TaskCompletionSource<TReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<TReply> Answer => _answer.Task;

    /// <summary>Answers. False when the question was answered before; an answer that comes too late for the limit is not noticed.</summary>
    public bool Tell(TReply reply) => _answer.TrySetResult(reply);
}

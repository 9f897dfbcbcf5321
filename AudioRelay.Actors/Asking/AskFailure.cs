namespace AudioRelay.Actors.Asking;

/// <summary>Why a question has no answer. Members are only ever added.</summary>
public enum AskFailure
{
    /// <summary>The mailbox was full, or the actor had ended.</summary>
    Refused = 1,

    /// <summary>No answer within the limit: the actor is busy, stuck, waiting for a restart, or failed over the question.</summary>
    TimedOut = 2,

    /// <summary>The actor ended before it answered.</summary>
    Ended = 3,
}

using AudioRelay.Actors.Asking;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Retention;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>What a show understands.</summary>
public abstract record ShowMessage
{
    private ShowMessage() { }

    /// <summary>Look at the clock: a window may have opened or closed.</summary>
    public sealed record Look : ShowMessage;

    /// <summary>The station does not reach the show's capture any more.</summary>
    /// <param name="Error">Null when its section was ended in order.</param>
    public sealed record Left(Exception? Error) : ShowMessage;

    /// <summary>The station is in trouble, for the journal.</summary>
    public sealed record Troubled(Trouble Trouble) : ShowMessage;

    /// <summary>The journal took what it was given, or did not.</summary>
    public sealed record Journaled(Exception? Error) : ShowMessage;

    /// <summary>Time to remove what is too old.</summary>
    public sealed record Retain : ShowMessage;

    /// <summary>What is too old is removed.</summary>
    public sealed record Retained(RetentionReport? Report, Exception? Error) : ShowMessage;

    /// <summary>The writer of the show has failed for good.</summary>
    public sealed record WriterEnded(Exception? Error) : ShowMessage;

    /// <summary>The disk is full, or with null: there is room again.</summary>
    public sealed record WriterTroubled(GapCause? Cause) : ShowMessage;

    /// <summary>While the disk is full: time to see whether the section could be kept.</summary>
    public sealed record LookAtSection : ShowMessage;

    /// <summary>The show's capture is broken: the recording must be opened again.</summary>
    public sealed record CaptureFailed(Exception Error) : ShowMessage;

    /// <summary>The schedule or retention has changed; station and format are those of the recording and cannot.</summary>
    public sealed record Change(ShowPlan Plan) : ShowMessage;

    /// <summary>The show is not wanted any more: its window is closed, whatever the schedule says.</summary>
    /// <param name="Done">Answers when it has been journaled.</param>
    public sealed record Finish(ReplyTo<bool> Done) : ShowMessage;
}

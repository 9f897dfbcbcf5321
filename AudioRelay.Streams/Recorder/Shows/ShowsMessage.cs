using AudioRelay.Actors.Asking;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>What the parent of all shows understands.</summary>
public abstract record ShowsMessage
{
    private ShowsMessage() { }

    /// <summary>Records a show that was opened. Answers null, or why not; the recording is then still the asker's.</summary>
    public sealed record Add(ShowRecording Recording, ReplyTo<string?> Done) : ShowsMessage;

    /// <summary>Gives a show another schedule or retention. Answers null, or why not.</summary>
    public sealed record Change(ShowPlan Plan, ReplyTo<string?> Done) : ShowsMessage;

    /// <summary>Ends a show: its window is closed and everything it held is let go. Answers null, or why not.</summary>
    public sealed record Remove(string Name, ReplyTo<string?> Done) : ShowsMessage;

    /// <summary>A show's window is closed; now it can go.</summary>
    public sealed record Finished(string Name, Exception? Error) : ShowsMessage;

    /// <summary>A show's actor has ended.</summary>
    public sealed record Ended(string Name, ActorEnded News) : ShowsMessage;

    /// <summary>What an ended show held is let go.</summary>
    public sealed record Released(string Name, Exception? Error) : ShowsMessage;

    /// <summary>Time to open a failed show again.</summary>
    public sealed record OpenAgain(string Name) : ShowsMessage;

    /// <summary>A failed show was opened again, or could not be.</summary>
    public sealed record Opened(ShowPlan Plan, ShowRecording? Recording, Exception? Error) : ShowsMessage;
}

using AudioRelay.Streams.Receiver.Status;

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>A show's answer to one pass over everything.</summary>
/// <param name="Reached">How far it came.</param>
/// <param name="Status">How it stood then: the recorder goes on, and so does the show.</param>
internal sealed record ShowReach(Reached Reached, ShowSyncStatus Status)
{
    /// <summary>The answer of a show that stands so.</summary>
    public static ShowReach Of(Reached reached, ShowSyncStatus status) =>
        new(
            reached,
            reached == Reached.Here && status.State != ShowSyncState.Fenced
                // What the recorder had when it was asked is here; it may have told of more since.
                ? status with
                {
                    State = ShowSyncState.UpToDate,
                    SourceMaxId = status.ReadId,
                    Detail = null,
                }
                : status
        );
}

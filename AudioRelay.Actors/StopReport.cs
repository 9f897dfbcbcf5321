using AudioRelay.Actors.Inspection;

namespace AudioRelay.Actors;

/// <summary>How an ordered stop went.</summary>
/// <param name="Took">How long it took.</param>
/// <param name="NotStopped">What was still there when the limit was over, parents before children; empty when all is well.</param>
public sealed record StopReport(TimeSpan Took, IReadOnlyList<ActorSnapshot> NotStopped)
{
    /// <summary>Everything stopped in time.</summary>
    public bool Complete => NotStopped.Count == 0;
}

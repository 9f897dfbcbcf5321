namespace AudioRelay.Actors.Supervision;

/// <summary>The news that an actor has ended for good.</summary>
/// <param name="Path">Which.</param>
/// <param name="End">Why.</param>
/// <param name="Fault">What it failed with, when it failed.</param>
public sealed record ActorEnded(string Path, ActorEnd End, Exception? Fault);

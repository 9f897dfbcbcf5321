namespace AudioRelay.Actors.Inspection;

/// <summary>A line of an actor's recent log.</summary>
/// <param name="Path">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Kind">Of what kind.</param>
/// <param name="Text">One line.</param>
/// <param name="Error">The fault it tells of.</param>
public sealed record ActorLogLine(string Path, DateTimeOffset At, ActorLogKind Kind, string Text, Exception? Error = null);

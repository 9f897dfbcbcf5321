using AudioRelay.Actors.Inspection;

namespace AudioRelay.Http.Admin;

/// <summary>A line of an actor's recent log, as the admin routes show it.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Of what kind.</param>
/// <param name="Text">What.</param>
public sealed record ActorLogAnswer(DateTimeOffset At, ActorLogKind Kind, string Text);

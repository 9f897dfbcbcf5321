namespace AudioRelay.Actors.Inspection;

/// <summary>A fault of an actor.</summary>
/// <param name="Path">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Error">What.</param>
public sealed record ActorFault(string Path, DateTimeOffset At, Exception Error)
{
    /// <summary>Kind and message in one line.</summary>
    public string Text => $"{Error.GetType().Name}: {Error.Message}";
}

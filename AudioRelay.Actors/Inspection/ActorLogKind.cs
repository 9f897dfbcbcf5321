namespace AudioRelay.Actors.Inspection;

/// <summary>What a log line tells of.</summary>
public enum ActorLogKind
{
    /// <summary>Written by the actor itself.</summary>
    Note = 1,

    /// <summary>Started, restarted, stopped: the ordinary course.</summary>
    Life = 2,

    /// <summary>Something that the runtime got over, but that somebody should look at.</summary>
    Warning = 3,

    /// <summary>A fault.</summary>
    Fault = 4,

    /// <summary>Written by the actor itself, of something that keeps it from its work and that it waits out.</summary>
    Trouble = 5,
}

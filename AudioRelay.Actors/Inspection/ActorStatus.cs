namespace AudioRelay.Actors.Inspection;

/// <summary>Where an actor is in its life.</summary>
public enum ActorStatus
{
    /// <summary>Spawned; its instance is not made yet.</summary>
    Starting = 1,

    /// <summary>Has an instance and handles messages.</summary>
    Running = 2,

    /// <summary>Its instance has ended or is ending, and another will follow.</summary>
    Restarting = 3,

    /// <summary>Ending for good: children, piped work and cleanup first.</summary>
    Stopping = 4,

    /// <summary>Ended.</summary>
    Stopped = 5,
}

namespace AudioRelay.Actors.Supervision;

/// <summary>Why an actor, or one instance of it, ends. Three different things, never mixed up.</summary>
public enum ActorEnd
{
    /// <summary>It stopped itself, its parent stopped it, or a person did.</summary>
    AskedToStop = 1,

    /// <summary>It failed, and its parent decided against another restart; or, before a restart, the instance failed.</summary>
    Failed = 2,

    /// <summary>Its parent ends or restarts, or the whole system does.</summary>
    ParentStopping = 3,
}

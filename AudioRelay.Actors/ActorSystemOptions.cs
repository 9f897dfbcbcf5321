using AudioRelay.Actors.Inspection;

namespace AudioRelay.Actors;

/// <summary>How a system of actors is run.</summary>
public sealed record ActorSystemOptions
{
    /// <summary>The options of an actor that is spawned without any.</summary>
    public ActorOptions Defaults { get; init; } = new();

    /// <summary>Messages an actor may handle before it makes room for others on its thread.</summary>
    public int TurnLength { get; init; } = 32;

    /// <summary>How long an ordered stop may take.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Recent log lines kept per actor.</summary>
    public int LogLines { get; init; } = 50;

    /// <summary>Hears each log line of every actor as it is written. Must be quick and may not throw.</summary>
    public Action<ActorLogLine>? OnLog { get; init; }
}

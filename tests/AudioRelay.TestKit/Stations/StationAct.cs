namespace AudioRelay.TestKit.Stations;

/// <summary>Something that a station does at a moment, counted from its start.</summary>
public abstract record StationAct(TimeSpan At);

/// <summary>Every listener loses the connection; nobody gets in again for a while.</summary>
/// <param name="At">When.</param>
/// <param name="Down">How long dials fail after it.</param>
/// <param name="Reset">With a TCP reset instead of a clean end.</param>
/// <param name="DownStatus">The HTTP status of dials while down; 0 closes the connection without an answer.</param>
public sealed record Drop(TimeSpan At, TimeSpan Down = default, bool Reset = false, int DownStatus = 0) : StationAct(At);

/// <summary>The network holds everything back for a while, then delivers it at once.</summary>
public sealed record Stall(TimeSpan At, TimeSpan For) : StationAct(At);

/// <summary>The encoder makes no frames for a while, then goes on with the next one.</summary>
public sealed record Pause(TimeSpan At, TimeSpan For) : StationAct(At);

/// <summary>Bytes that are no frames get into the sound.</summary>
public sealed record Garbage(TimeSpan At, byte[] Bytes) : StationAct(At);

/// <summary>The sound comes from another source from now on: another format, a fallback, silence.</summary>
public sealed record SwitchSource(TimeSpan At, IFrameSource Source) : StationAct(At);

/// <summary>A title begins.</summary>
public sealed record Title(TimeSpan At, string Text) : StationAct(At);

/// <summary>A metadata block with just these bytes (padded to sixteen) is sent.</summary>
public sealed record RawMetadata(TimeSpan At, byte[] Block) : StationAct(At);

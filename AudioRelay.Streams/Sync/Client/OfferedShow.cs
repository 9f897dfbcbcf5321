namespace AudioRelay.Streams.Sync.Client;

/// <summary>A show of a recorder's list.</summary>
/// <param name="Name">Its name there; may be any text.</param>
/// <param name="MinId">Its oldest segment.</param>
/// <param name="MaxId">Its newest segment.</param>
public sealed record OfferedShow(string Name, long MinId, long MaxId);

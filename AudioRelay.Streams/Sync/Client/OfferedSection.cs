namespace AudioRelay.Streams.Sync.Client;

/// <summary>A section of a recorder's list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartTimestampMs">UTC of its beginning, ms.</param>
public sealed record OfferedSection(long Id, long StartTimestampMs);

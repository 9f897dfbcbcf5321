namespace AudioRelay.Storage.Journal;

/// <summary>Something kept sound from being recorded; it explains the gaps it overlaps.</summary>
/// <param name="Cause">What it was.</param>
/// <param name="FromUs">Since when, UTC µs.</param>
/// <param name="UntilUs">Until when; null: until sound is recorded again.</param>
/// <param name="Detail">A status code, a message.</param>
public sealed record Trouble(GapCause Cause, long FromUs, long? UntilUs = null, string? Detail = null) : JournalBody;

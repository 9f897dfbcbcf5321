namespace AudioRelay.Storage.Timeline;

/// <summary>Something the journal says that explains missing sound.</summary>
/// <param name="FromUs">Since when.</param>
/// <param name="UntilUs">Until when; null: until sound is kept again.</param>
/// <param name="Cause">The cause it gives.</param>
/// <param name="Detail">What it adds.</param>
/// <param name="Rank">Of two that explain the same instant the higher rank wins, then the later start.</param>
public sealed record Explanation(long FromUs, long? UntilUs, GapCause Cause, string? Detail, ExplanationRank Rank);

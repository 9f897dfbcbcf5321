namespace AudioRelay.Storage;

/// <summary>Time inside a wanted window that no section covers.</summary>
/// <param name="FromUs">Start in UTC µs.</param>
/// <param name="UntilUs">End, exclusive.</param>
/// <param name="Cause">Why nothing was kept.</param>
/// <param name="Detail">What the journal adds: a status code, a message.</param>
public sealed record Gap(long FromUs, long UntilUs, GapCause Cause, string? Detail = null);

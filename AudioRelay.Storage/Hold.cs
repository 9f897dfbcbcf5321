namespace AudioRelay.Storage;

/// <summary>A reason not to delete a stretch of time.</summary>
/// <param name="Id">Given by the store.</param>
/// <param name="FromUs">Start of the stretch in UTC µs.</param>
/// <param name="UntilUs">End of the stretch, exclusive; null for no end.</param>
/// <param name="Reason">Who holds it and why.</param>
public sealed record Hold(long Id, long FromUs, long? UntilUs, string Reason);

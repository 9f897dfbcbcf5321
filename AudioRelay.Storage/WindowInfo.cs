namespace AudioRelay.Storage;

/// <summary>A stretch in which the show was wanted.</summary>
/// <param name="FromUs">Its start in UTC µs.</param>
/// <param name="UntilUs">Its end; null while it is open.</param>
public sealed record WindowInfo(long FromUs, long? UntilUs);

namespace AudioRelay.Streams.Receiver.Status;

/// <summary>How a recorder stands, seen from the receiver.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Url">Its address, without user info.</param>
/// <param name="Online">True when its last answer was one of a recorder.</param>
/// <param name="SinceUs">Since when, UTC µs.</param>
/// <param name="Detail">Why it is not, or what else is wrong with it, and what to do; null when all is well. Never a secret.</param>
/// <param name="Pushes">True when it tells of commits by itself; false: it is asked every sync interval.</param>
public sealed record RemoteStatus(string Name, string Url, bool Online, long SinceUs, string? Detail, bool Pushes);

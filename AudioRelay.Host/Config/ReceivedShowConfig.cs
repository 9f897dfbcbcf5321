namespace AudioRelay.Host.Config;

/// <summary>A show that a receiver wants.</summary>
/// <param name="Name">Its name at the recorder.</param>
/// <param name="Retention">How long it is kept here; null: for ever.</param>
internal sealed record ReceivedShowConfig(string Name, TimeSpan? Retention);

namespace AudioRelay.Streams.Receiver;

/// <summary>A show that is wanted from a recorder.</summary>
/// <param name="Name">Its name at the recorder.</param>
/// <param name="Retention">How long it is kept here; null: for ever.</param>
public sealed record WantedShow(string Name, TimeSpan? Retention);

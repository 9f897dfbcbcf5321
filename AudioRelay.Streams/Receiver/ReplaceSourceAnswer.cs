namespace AudioRelay.Streams.Receiver;

/// <summary>How the replacing of a show's source went.</summary>
/// <param name="Done">True when pulls go on with the recorder's new store.</param>
/// <param name="Text">What was done, or why it was not and what to do; for people.</param>
public sealed record ReplaceSourceAnswer(bool Done, string Text);

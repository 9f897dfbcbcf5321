namespace AudioRelay.Streams.Receiver;

/// <summary>The root of the receiver understands nothing: it only holds its recorders together.</summary>
internal abstract record ReceiverMessage;

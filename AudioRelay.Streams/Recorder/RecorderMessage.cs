namespace AudioRelay.Streams.Recorder;

/// <summary>The root of the recorder understands nothing: it only holds stations and shows together.</summary>
internal abstract record RecorderMessage;

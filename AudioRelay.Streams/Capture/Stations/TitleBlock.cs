namespace AudioRelay.Streams.Capture.Stations;

/// <summary>A metadata block as it came.</summary>
/// <param name="Bytes">The block.</param>
/// <param name="SentAnew">It came after an empty one on the same connection, so it counts even when it says the same as the last.</param>
internal readonly record struct TitleBlock(byte[] Bytes, bool SentAnew);

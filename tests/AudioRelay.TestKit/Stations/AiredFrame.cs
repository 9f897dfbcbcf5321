namespace AudioRelay.TestKit.Stations;

/// <summary>One piece of what a station put on the air: a frame, or garbage.</summary>
/// <param name="Ordinal">Grows by one from the station's start.</param>
/// <param name="ReadyUs">When its last sample was there and it could be sent, UTC in µs.</param>
/// <param name="Source">Where it is from; null for garbage.</param>
/// <param name="Index">Its index in the source.</param>
/// <param name="Garbage">The bytes when it is garbage.</param>
public readonly record struct AiredFrame(long Ordinal, long ReadyUs, IFrameSource? Source, long Index, byte[]? Garbage)
{
    public byte[] Bytes => Garbage ?? Source!.FrameAt(Index);
}

using AudioRelay.Media.Framing;

namespace AudioRelay.TestKit.Stations;

/// <summary>Frames without sound (<see cref="SyntheticFrames"/>): each index its own bytes, except in silence, where all are alike.</summary>
/// <remarks><c>source with { Seed = n }</c> is the same programme encoded by another encoder: no frame is equal.</remarks>
public sealed record SyntheticSource : IFrameSource
{
    public SourceCodec Codec { get; init; } = SourceCodec.Mp3;

    public int Rate { get; init; } = 44_100;

    public int Channels { get; init; } = 2;

    /// <summary>The bit rate; for AAC each frame has the length that comes next to it.</summary>
    public int Kilobits { get; init; } = 128;

    public ulong Seed { get; init; }

    /// <summary>Which frames are digital silence: the same bytes whatever the index, as encoders make them.</summary>
    public Func<long, bool>? IsSilent { get; init; }

    public FrameFormat Format => FrameHeader.TryRead(FrameAt(0), out var header) ? header.Format : throw new InvalidOperationException();

    public byte[] FrameAt(long index)
    {
        if (IsSilent?.Invoke(index) == true)
        {
            index = -1;
        }

        return Codec == SourceCodec.Mp3
            ? SyntheticFrames.Mp3(index, Rate, Channels, Kilobits, Seed)
            : SyntheticFrames.Adts(index, Rate, Channels, Kilobits * 128 * 1000 / Rate, Seed);
    }
}

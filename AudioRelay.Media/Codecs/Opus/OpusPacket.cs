namespace AudioRelay.Media.Codecs.Opus;

/// <summary>Reads an Opus packet's table-of-contents byte (RFC 6716 §3.1).</summary>
public static class OpusPacket
{
    // Samples at 48 kHz of one frame, by the configuration number's place within its mode.
    private static readonly int[] SilkFrames = [480, 960, 1920, 2880];
    private static readonly int[] HybridFrames = [480, 960];
    private static readonly int[] CeltFrames = [120, 240, 480, 960];

    /// <summary>How long a packet sounds, in samples at 48 kHz; 0 when it is not a valid packet (empty, no count, or longer than 120 ms).</summary>
    /// <param name="packet">The packet.</param>
    public static int DurationSamples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
            return 0;
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            1 or 2 => 2,
            _ => packet.Length < 2 ? 0 : packet[1] & 0x3F,
        };
        var samples = frames * FrameSamples(packet[0]);
        return samples <= 5760 ? samples : 0;
    }

    /// <summary>How long one frame of the packet sounds, in samples at 48 kHz.</summary>
    /// <param name="toc">The packet's first byte.</param>
    public static int FrameSamples(byte toc)
    {
        var config = toc >> 3;
        return config switch
        {
            < 12 => SilkFrames[config & 3],
            < 16 => HybridFrames[config & 1],
            _ => CeltFrames[config & 3],
        };
    }

    /// <summary>True when the packet codes two channels.</summary>
    /// <param name="toc">The packet's first byte.</param>
    public static bool IsStereo(byte toc) => (toc & 4) != 0;
}

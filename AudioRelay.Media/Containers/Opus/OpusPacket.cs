namespace AudioRelay.Media.Containers.Opus;

/// <summary>What an Opus packet says about itself in its first bytes (RFC 6716 §3).</summary>
public static class OpusPacket
{
    /// <summary>The longest time one packet may hold: 120 ms at 48 kHz.</summary>
    public const int MaxSamples = 5760;

    /// <summary>Samples at 48 kHz that the packet decodes to, or 0 when it is no Opus packet.</summary>
    /// <param name="packet">One whole packet, TOC byte first.</param>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return 0;
        }

        var samples = FrameSamples(packet[0] >> 3) * FrameCount(packet);
        return samples <= MaxSamples ? samples : 0;
    }

    private static int FrameCount(ReadOnlySpan<byte> packet) =>
        (packet[0] & 3) switch
        {
            0 => 1,
            1 or 2 => 2,
            _ => packet.Length > 1 ? packet[1] & 0x3F : 0,
        };

    // Configurations 0–11 are SILK (10, 20, 40, 60 ms), 12–15 hybrid (10, 20 ms), 16–31 CELT (2.5, 5, 10, 20 ms).
    private static int FrameSamples(int configuration) =>
        configuration switch
        {
            < 12 => (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3),
            < 16 => 480 << (configuration & 1),
            _ => 120 << (configuration & 3),
        };
}

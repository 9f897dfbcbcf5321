namespace AudioRelay.Media.Framing;

/// <summary>The four bytes in front of an MPEG layer III frame.</summary>
internal static class Mp3Header
{
    public const int Size = 4;

    // kbit/s by bitrate index. Index 0 is the free format, whose length no header tells, and 15 is forbidden: both are refused.
    private static readonly short[] Mpeg1Kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly short[] Mpeg2Kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    private static readonly int[] Mpeg1Rates = [44_100, 48_000, 32_000, 0];

    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        {
            return false;
        }

        var version = (bytes[1] >> 3) & 3;
        var layer = (bytes[1] >> 1) & 3;
        var emphasis = bytes[3] & 3;
        if (version == 1 || layer != 1 || emphasis == 2)
        {
            return false;
        }

        var mpeg1 = version == 3;
        var kilobits = (mpeg1 ? Mpeg1Kilobits : Mpeg2Kilobits)[bytes[2] >> 4];
        var rate =
            Mpeg1Rates[(bytes[2] >> 2) & 3]
            >> (
                version == 0 ? 2
                : mpeg1 ? 0
                : 1
            );
        if (kilobits == 0 || rate == 0)
        {
            return false;
        }

        var padding = (bytes[2] >> 1) & 1;
        var samples = mpeg1 ? 1152 : 576;
        var variant = version switch
        {
            3 => FrameVariant.Mpeg1LayerIII,
            2 => FrameVariant.Mpeg2LayerIII,
            _ => FrameVariant.Mpeg25LayerIII,
        };
        var channels = bytes[3] >> 6 == 3 ? 1 : 2;
        header = new FrameHeader(
            new FrameFormat(SourceCodec.Mp3, variant, rate, channels, samples),
            (samples / 8 * kilobits * 1000 / rate) + padding
        );
        return true;
    }
}

namespace AudioRelay.Media.Framing;

/// <summary>The seven bytes (nine with a checksum) in front of an AAC frame in ADTS.</summary>
internal static class AdtsHeader
{
    public const int Size = 7;
    public const int MaxFrameLength = 8191;

    private static readonly int[] Rates =
    [
        96_000,
        88_200,
        64_000,
        48_000,
        44_100,
        32_000,
        24_000,
        22_050,
        16_000,
        12_000,
        11_025,
        8_000,
        7_350,
    ];

    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size || bytes[0] != 0xFF || (bytes[1] & 0xF6) != 0xF0)
        {
            return false;
        }

        var rateIndex = (bytes[2] >> 2) & 15;
        var length = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
        var hasChecksum = (bytes[1] & 1) == 0;
        if (rateIndex >= Rates.Length || length < Size + (hasChecksum ? 3 : 1))
        {
            return false;
        }

        var channelBits = ((bytes[2] & 1) << 2) | (bytes[3] >> 6);
        var blocks = (bytes[6] & 3) + 1;
        var format = new FrameFormat(
            SourceCodec.Aac,
            FrameVariant.AacMain + (bytes[2] >> 6),
            Rates[rateIndex],
            channelBits == 7 ? 8 : channelBits,
            blocks * 1024
        );
        header = new FrameHeader(format, length);
        return true;
    }
}

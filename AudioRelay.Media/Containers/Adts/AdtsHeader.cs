namespace AudioRelay.Media.Containers.Adts;

/// <summary>The header of one ADTS frame of AAC.</summary>
/// <param name="Profile">MPEG-4 audio object type as written (2 = LC, also under HE-AAC with implicit signalling).</param>
/// <param name="SampleRate">The core's rate.</param>
/// <param name="ChannelConfiguration">1 = mono, 2 = stereo; 0 = in the stream.</param>
/// <param name="HeaderLength">7, or 9 with a checksum.</param>
/// <param name="FrameLength">Header and payload.</param>
/// <param name="Blocks">Raw data blocks in the frame, each 1024 samples.</param>
public readonly record struct AdtsHeader(
    int Profile,
    int SampleRate,
    int ChannelConfiguration,
    int HeaderLength,
    int FrameLength,
    int Blocks
)
{
    private static readonly int[] Rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

    /// <summary>Samples of one raw data block at the core's rate.</summary>
    public const int SamplesPerBlock = 1024;

    /// <summary>Samples of the frame at the core's rate.</summary>
    public int Samples => Blocks * SamplesPerBlock;

    /// <summary>The index under which MPEG-4 writes the rate.</summary>
    public int RateIndex => Array.IndexOf(Rates, SampleRate);

    /// <summary>Reads a header. The frame's payload need not be there yet.</summary>
    /// <param name="bytes">Bytes that begin with the sync word.</param>
    /// <param name="header">What it says.</param>
    /// <returns>False when the bytes are too short, or are no header.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AdtsHeader header)
    {
        header = default;
        // Sync word, layer 0.
        if (bytes.Length < 7 || bytes[0] != 0xFF || (bytes[1] & 0xF6) != 0xF0)
        {
            return false;
        }

        var rateIndex = (bytes[2] >> 2) & 0xF;
        var headerLength = (bytes[1] & 1) != 0 ? 7 : 9;
        var frameLength = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
        if (rateIndex >= Rates.Length || frameLength <= headerLength)
        {
            return false;
        }

        var channels = ((bytes[2] & 1) << 2) | (bytes[3] >> 6);
        header = new AdtsHeader((bytes[2] >> 6) + 1, Rates[rateIndex], channels, headerLength, frameLength, (bytes[6] & 3) + 1);
        return true;
    }
}

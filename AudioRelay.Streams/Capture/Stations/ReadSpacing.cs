namespace AudioRelay.Streams.Capture.Stations;

/// <summary>
/// How far apart a station's reads usually are. A station that sends a block every two seconds is not silent after one.
/// </summary>
internal sealed class ReadSpacing
{
    // Reads closer than this are pieces of one block.
    private const long SameBlockUs = 20_000;
    private const long MostUs = 5_000_000;

    /// <summary>The usual time between two blocks, in µs; 0 while it is not known.</summary>
    public long UsualUs { get; private set; }

    /// <summary>Bytes were read.</summary>
    /// <param name="beforeUs">When bytes were read before these.</param>
    /// <param name="nowUs">Now.</param>
    public void Add(long? beforeUs, long nowUs)
    {
        if (nowUs - beforeUs is { } spacing && spacing > SameBlockUs)
        {
            // Slow to follow, so that a stall or two do not count as usual.
            UsualUs += (Math.Min(spacing, MostUs) - UsualUs) / 16;
        }
    }
}

namespace AudioRelay.TestKit.Net;

/// <summary>What a <see cref="ChaosProxy"/> does to the bytes of one direction. Replace the whole record to change it.</summary>
public sealed record ChaosRules
{
    /// <summary>Everything arrives this much later.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes are passed on in pieces of at most this many, each in its own packet; 0 leaves them together.</summary>
    public int SliceBytes { get; init; }

    /// <summary>How many bytes of a thousand get a bit flipped.</summary>
    public double CorruptPerMille { get; init; }

    /// <summary>The connection is cut when this many bytes have passed on it in this direction; null never.</summary>
    public long? CutAfterBytes { get; init; }
}

using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>One open connection of a station.</summary>
/// <param name="Attempt">The dial that made it; also its number in the capture.</param>
/// <param name="Answer">The stream.</param>
/// <param name="OpenedUs">Monotonic µs at which its headers came.</param>
internal sealed record StationLine(int Attempt, StationAnswer Answer, long OpenedUs)
{
    private long _lastBytesUs = OpenedUs;
    private long _spacingUs;

    /// <summary>The pump's work; disposing it cancels the read.</summary>
    public IDisposable? Pump { get; set; }

    /// <summary>When the latest bytes arrived, monotonic µs. Written by the pump, read by the actor.</summary>
    public long LastBytesUs => Volatile.Read(ref _lastBytesUs);

    /// <summary>How long this line may be without bytes before it is doubted: 4 × its usual spacing, at least 3 s (DESIGN §3).</summary>
    public long PatienceUs => Math.Max(3_000_000, 4 * Volatile.Read(ref _spacingUs));

    /// <summary>Bytes have arrived.</summary>
    public void Heard(long nowUs)
    {
        // A slowly decaying maximum: blocks of a 16 kbit/s station come every 0.7 s, and two of them often together.
        var gap = nowUs - Volatile.Read(ref _lastBytesUs);
        var spacing = Volatile.Read(ref _spacingUs);
        Volatile.Write(ref _spacingUs, Math.Max(gap, spacing - (spacing / 32)));
        Volatile.Write(ref _lastBytesUs, nowUs);
    }
}

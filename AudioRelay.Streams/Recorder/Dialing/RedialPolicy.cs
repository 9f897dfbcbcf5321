namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>When to dial a station again. Pure: times and chance are passed in.</summary>
/// <remarks>
/// The first redial is at once. Delays double, with jitter, only over attempts that brought no sound: a handshake or a 404 proves
/// nothing, a second of decoded frames does. Never more than <see cref="MostPerMinute"/> connects in any minute, so a station that
/// sends a little sound and drops us is not hammered either. There is no last attempt.
/// </remarks>
public sealed class RedialPolicy
{
    /// <summary>Most connection attempts in any 60 s, to one station.</summary>
    public const int MostPerMinute = 20;

    /// <summary>The first delay after an attempt without sound, before jitter.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest delay, jitter included.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(10);

    private const double Jitter = 0.25;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Queue<long> _attemptsUs = new(MostPerMinute);

    /// <summary>Attempts in a row that brought no sound.</summary>
    public int Fruitless { get; private set; }

    /// <summary>An attempt begins now.</summary>
    /// <param name="nowUs">UTC, or any monotonic clock, in µs.</param>
    public void Dialled(long nowUs)
    {
        if (_attemptsUs.Count == MostPerMinute)
        {
            _attemptsUs.Dequeue();
        }

        _attemptsUs.Enqueue(nowUs);
        Fruitless++;
    }

    /// <summary>The latest attempt has brought sound.</summary>
    public void Heard() => Fruitless = 0;

    /// <summary>Nobody wants the station for now: its next first dial is at once again, within the limit of connects.</summary>
    public void BeginAnew() => Fruitless = 0;

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="nowUs">The clock of <see cref="Dialled"/>.</param>
    /// <param name="random">In [0, 1).</param>
    public TimeSpan Delay(long nowUs, double random)
    {
        var backoff = Fruitless == 0 ? TimeSpan.Zero : Backoff(Fruitless, random);
        if (_attemptsUs.Count < MostPerMinute)
        {
            return backoff;
        }

        var allowedAt = TimeSpan.FromMicroseconds(_attemptsUs.Peek() - nowUs) + Minute;
        return allowedAt > backoff ? allowedAt : backoff;
    }

    private static TimeSpan Backoff(int fruitless, double random)
    {
        // Jitter multiplies the capped delay and then takes from it, so that listeners who share a cap do not return together.
        var plain = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(fruitless - 1, 30)), Cap.TotalSeconds);
        return TimeSpan.FromSeconds(plain * (1 - (Jitter * random)));
    }
}

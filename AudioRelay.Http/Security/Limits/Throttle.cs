namespace AudioRelay.Http.Security.Limits;

/// <summary>Counts how often each caller does something, and says when that is too often.</summary>
/// <remarks>
/// Per caller one time is kept: until when what was done is paid for. At most 10,000 callers are remembered; beyond that those are
/// forgotten that have the least to pay.
/// </remarks>
internal sealed class Throttle(Rate rate, TimeProvider time)
{
    private const int MostCallers = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _paidUntil = new(StringComparer.Ordinal);

    /// <summary>How many callers are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_gate)
            {
                return _paidUntil.Count;
            }
        }
    }

    /// <summary>Does it once more. Null: it may be done; otherwise how long to wait, and it does not count.</summary>
    public TimeSpan? Take(string caller)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var until = _paidUntil.GetValueOrDefault(caller, now) is var known && known > now ? known : now;
            var wait = until + rate.Each - (now + rate.Per);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            if (_paidUntil.Count >= MostCallers && !_paidUntil.ContainsKey(caller))
            {
                Forget(now);
            }

            _paidUntil[caller] = until + rate.Each;
            return null;
        }
    }

    /// <summary>What was taken last did not count after all.</summary>
    public void GiveBack(string caller)
    {
        lock (_gate)
        {
            if (_paidUntil.TryGetValue(caller, out var until))
            {
                _paidUntil[caller] = until - rate.Each;
            }
        }
    }

    /// <summary>Half at once: whoever sends from ever new addresses must not make each request a search through all of them.</summary>
    private void Forget(DateTimeOffset now)
    {
        var least = _paidUntil.OrderBy(each => each.Value).Select(each => each.Key).Take(MostCallers / 2).ToList();
        var done = _paidUntil.Where(each => each.Value <= now).Select(each => each.Key).ToList();
        foreach (var caller in least.Concat(done))
        {
            _paidUntil.Remove(caller);
        }
    }
}

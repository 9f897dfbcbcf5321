namespace AudioRelay.Streams.Receiver.Turns;

/// <summary>Whose turn it is to pull: so many at a time, and of those who wait the one that was served longest ago.</summary>
/// <param name="most">Turns at a time.</param>
internal sealed class TurnOrder(int most)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _waiting = [];
    private readonly Dictionary<string, long> _served = new(StringComparer.Ordinal);
    private long _clock;

    /// <summary>Who pulls.</summary>
    public IReadOnlyCollection<string> Taken => _taken;

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Somebody wants a turn. Asking twice changes nothing.</summary>
    /// <returns>Whose turn it is now, who has it already and asks again included.</returns>
    public IReadOnlyList<string> Want(string who)
    {
        if (_taken.Contains(who))
        {
            return [who]; // its answer went astray
        }

        if (!_waiting.Contains(who, StringComparer.Ordinal))
        {
            _waiting.Add(who);
        }

        return Grant();
    }

    /// <summary>A turn is over, or not wanted any more.</summary>
    /// <returns>Whose turn it is now.</returns>
    public IReadOnlyList<string> Done(string who)
    {
        _taken.Remove(who);
        _waiting.Remove(who);
        return Grant();
    }

    private List<string> Grant()
    {
        var granted = new List<string>();
        while (_taken.Count < most && _waiting.Count > 0)
        {
            var next = _waiting.MinBy(who => _served.GetValueOrDefault(who))!; // the first of equals: who waits longest
            _waiting.Remove(next);
            _taken.Add(next);
            _served[next] = ++_clock;
            granted.Add(next);
        }

        return granted;
    }
}

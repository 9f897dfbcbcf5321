using AudioRelay.Actors.Running;

namespace AudioRelay.Actors.Mailbox;

/// <summary>
/// Three queues behind one lock: the runtime's own messages, the answers and timers the actor itself asked for, and what others send.
/// Only the last can be full, since the others are bounded by what causes them.
/// </summary>
/// <remarks>It also knows whether its actor has a turn coming: whoever gets true from <c>wake</c> must give it one.</remarks>
internal sealed class BoundedMailbox(int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<SystemMessage> _system = new();
    private readonly Queue<PendingAnswer> _answers = new();
    private readonly Queue<(object Message, long Stamp)> _user = new();
    private bool _awake;
    private bool _held;
    private bool _closed;
    private bool _toldFull;
    private long _rejected;

    public int Capacity => capacity;

    /// <summary>True while its actor takes a turn or has one coming.</summary>
    public bool IsAwake
    {
        get
        {
            lock (_gate)
            {
                return _awake;
            }
        }
    }

    public MailboxState State
    {
        get
        {
            lock (_gate)
            {
                var oldest = _user.TryPeek(out var first) ? time.GetElapsedTime(first.Stamp) : TimeSpan.Zero;
                return new MailboxState(_user.Count, oldest, _rejected);
            }
        }
    }

    /// <summary>Takes a message from outside, or refuses it.</summary>
    public Offer Accept(object message, out bool wake)
    {
        var stamp = time.GetTimestamp();
        lock (_gate)
        {
            wake = false;
            if (!_closed && _user.Count < capacity)
            {
                _user.Enqueue((message, stamp));
                wake = !_held && Awaken();
                return Offer.Accepted;
            }

            _rejected++;
            if (_closed || _toldFull)
            {
                return _closed ? Offer.Closed : Offer.Full;
            }

            _toldFull = true;
            return Offer.NowFull;
        }
    }

    public bool Post(SystemMessage message)
    {
        lock (_gate)
        {
            if (_system.Contains(message))
            {
                return false;
            }

            _system.Enqueue(message);
            return Awaken();
        }
    }

    public bool Post(PendingAnswer answer)
    {
        lock (_gate)
        {
            _answers.Enqueue(answer);
            return !_held && Awaken();
        }
    }

    /// <summary>The next message: a <see cref="SystemMessage"/>, a <see cref="PendingAnswer"/> or somebody's. Null ends the turn.</summary>
    public object? Take()
    {
        lock (_gate)
        {
            if (_system.TryDequeue(out var system))
            {
                return system;
            }

            if (!_held && _answers.TryDequeue(out var answer))
            {
                return answer;
            }

            if (!_held && _user.TryDequeue(out var user))
            {
                _toldFull &= _user.Count > capacity / 2;
                return user.Message;
            }

            _awake = false;
            return null;
        }
    }

    /// <summary>Holds back everything but system messages: there is no instance to handle it.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held = true;
        }
    }

    /// <summary>A new instance is there. Answers meant for the one before are dropped; what others sent has waited.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            _answers.Clear();
        }
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>Empties a closed mailbox.</summary>
    /// <returns>How many messages nobody will handle.</returns>
    public int Drain()
    {
        lock (_gate)
        {
            var dropped = _user.Count;
            _user.Clear();
            _answers.Clear();
            return dropped;
        }
    }

    private bool Awaken()
    {
        var wake = !_awake;
        _awake = true;
        return wake;
    }
}

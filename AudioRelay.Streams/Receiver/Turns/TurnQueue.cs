namespace AudioRelay.Streams.Receiver.Turns;

/// <summary>How many shows wait for their turn, written by the actor that gives out turns and read by those who have one.</summary>
internal sealed class TurnQueue
{
    private volatile int _waiting;

    /// <summary>True while somebody waits.</summary>
    public bool IsWaitedFor => _waiting > 0;

    /// <summary>So many wait now. For the actor only.</summary>
    public void Note(int waiting) => _waiting = waiting;
}

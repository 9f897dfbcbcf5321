using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>
/// What a show hands to its writer, in order. When the writer is full it waits a moment; past that it is a fault, never a silent loss:
/// what waits is kept, and nothing new is recorded until all of it is taken.
/// </summary>
internal sealed class Outbox(ISegmentSink sink, TimeSpan patience)
{
    private readonly Queue<Draft> _waiting = new();
    private readonly Queue<Draft> _accepted = new();
    private readonly Stack<Draft> _free = new();
    private long _taken;
    private bool _anyCommitted;

    /// <summary>Why nothing more shall be recorded now; null when it may.</summary>
    public GapCause? Fault { get; private set; }

    /// <summary>True when everything that was ever added is committed.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _accepted.Count == 0;

    /// <summary>An empty draft, used before or new.</summary>
    public Draft Rent() => _free.TryPop(out var draft) ? draft : new Draft();

    /// <summary>Puts a draft behind the others; <see cref="Pump"/> sends it on its way.</summary>
    public void Add(Draft draft, long nowUs)
    {
        draft.WaitsSinceUs = nowUs;
        _waiting.Enqueue(draft);
    }

    /// <summary>Whether something was committed since the last time this was asked.</summary>
    public bool TakeCommitted()
    {
        var any = _anyCommitted;
        _anyCommitted = false;
        return any;
    }

    /// <summary>Where what is committed ends in the spool.</summary>
    public SpoolMark? CommittedUntil { get; private set; }

    /// <summary>Hands on what there is room for.</summary>
    public void Pump(long nowUs)
    {
        while (_waiting.TryPeek(out var next) && sink.TryAccept(next.Batch))
        {
            _accepted.Enqueue(_waiting.Dequeue());
            _taken++;
        }

        if (_waiting.Count == 0)
        {
            Fault = null;
        }
        else if (nowUs - _waiting.Peek().WaitsSinceUs > patience.TotalMicroseconds)
        {
            Fault = sink.Trouble ?? GapCause.WriterFault;
        }

        while (_accepted.Count > 0 && sink.Committed > _taken - _accepted.Count)
        {
            var done = _accepted.Dequeue();
            CommittedUntil = done.Spooled;
            done.Clear();
            _free.Push(done);
            _anyCommitted = true;
        }
    }
}

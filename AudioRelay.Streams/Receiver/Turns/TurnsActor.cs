using AudioRelay.Actors;
using AudioRelay.Streams.Receiver.Shows;

namespace AudioRelay.Streams.Receiver.Turns;

/// <summary>Gives out turns of pulling over all recorders.</summary>
/// <remarks>
/// A show asks at most once and gives back at most once, so its mailbox has room for all of them. A turn whose news cannot be delivered is
/// taken back: the show asks again when it next hears of its source.
/// </remarks>
/// <param name="most">Turns at a time.</param>
/// <param name="queue">Where those who pull see whether somebody waits.</param>
internal sealed class TurnsActor(int most, TurnQueue queue) : IActor<TurnsMessage>
{
    /// <summary>Two messages for each of more shows than one machine pulls.</summary>
    public const int Mailbox = 8192;

    private readonly TurnOrder _order = new(most);
    private readonly Dictionary<string, ActorRef<ShowSyncMessage>> _shows = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Receive(TurnsMessage message)
    {
        var granted = new Queue<string>();
        switch (message)
        {
            case TurnsMessage.Want m:
                _shows[m.Show.Path] = m.Show;
                Add(granted, _order.Want(m.Show.Path));
                break;
            case TurnsMessage.Done m:
                Add(granted, _order.Done(m.Path));
                break;
        }

        while (granted.TryDequeue(out var path))
        {
            if (!_shows[path].Tell(new ShowSyncMessage.YourTurn()))
            {
                Add(granted, _order.Done(path));
            }
        }

        queue.Note(_order.Waiting);
    }

    /// <inheritdoc/>
    public string Describe() =>
        _order.Taken.Count == 0 ? $"nobody pulls, {most} at a time" : $"{_order.Taken.Count} of {most} pull, {_order.Waiting} wait";

    private static void Add(Queue<string> queue, IEnumerable<string> more)
    {
        foreach (var one in more)
        {
            queue.Enqueue(one);
        }
    }
}

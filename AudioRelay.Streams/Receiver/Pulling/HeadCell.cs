namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>The newest head of a source, written by the show's actor and read by a turn of pulling that runs meanwhile.</summary>
internal sealed class HeadCell
{
    private volatile SourceHead? _latest;

    /// <summary>Null until the source has been heard of.</summary>
    public SourceHead? Latest => _latest;

    /// <summary>The source has been heard of. For the actor only.</summary>
    public void Hear(SourceHead news) => _latest = _latest?.With(news) ?? news;
}

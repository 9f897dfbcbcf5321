namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>The newest head of a source, written by the show's actor and read by a turn of pulling that runs meanwhile.</summary>
/// <remarks>
/// Between two questions it only grows, because news may overtake each other. A store that was put back from a backup keeps its identity and
/// reaches less far: so an answer takes the place of everything that was heard before it was asked for.
/// </remarks>
internal sealed class HeadCell
{
    private volatile SourceHead? _latest;
    private SourceHead? _beforeAsked;
    private SourceHead? _sinceAsked;
    private long _askedAt;

    /// <summary>Null until the source has been heard of.</summary>
    public SourceHead? Latest => _latest;

    /// <summary>The source has been heard of. For the actor only.</summary>
    public void Hear(SourceHead news)
    {
        _latest = Further(_latest, news);
        if (news.HeardAt >= _askedAt)
        {
            _sinceAsked = Further(_sinceAsked, news);
        }
        else
        {
            _beforeAsked = Further(_beforeAsked, news); // it has waited in the mailbox
        }
    }

    /// <summary>The source is being asked. For the actor only.</summary>
    /// <param name="now">A timestamp of the receiver's clock.</param>
    public void Ask(long now) => (_beforeAsked, _sinceAsked, _askedAt) = (_latest, null, now);

    /// <summary>The source has answered. What was heard since it was asked stays, as the answer may be older. For the actor only.</summary>
    /// <returns>True when the same store reaches less far than it did: it has been put back.</returns>
    public bool Answer(SourceHead answer)
    {
        var before = _beforeAsked?.Store == answer.Store ? _beforeAsked : null;
        var wentBack = before is not null && answer.IsBackFrom(before);
        if (before is not null && !wentBack && answer.MaxId == 0)
        {
            answer = answer with { MaxId = before.MaxId }; // everything is purged there; what there was is still to be passed over
        }

        (_beforeAsked, _latest) = (answer, Further(_sinceAsked, answer));
        return wentBack;
    }

    private static SourceHead Further(SourceHead? known, SourceHead news) => known?.With(news) ?? news;
}

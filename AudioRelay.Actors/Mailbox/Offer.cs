namespace AudioRelay.Actors.Mailbox;

/// <summary>What became of a message that was offered to a mailbox.</summary>
internal enum Offer
{
    Accepted = 1,
    Full = 2,

    /// <summary>Full, and the first one refused since the mailbox was last half empty.</summary>
    NowFull = 3,
    Closed = 4,
}

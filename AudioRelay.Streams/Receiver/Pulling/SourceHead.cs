namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>How far a show reaches at its recorder, as heard last.</summary>
/// <param name="Store">The identity of the recorder's store.</param>
/// <param name="MaxId">Its newest segment; 0 when it has none.</param>
/// <param name="JournalSeq">Its newest journal entry; null for a recorder without a journal.</param>
/// <param name="HeardAt">When this was heard, as a timestamp of the receiver's clock.</param>
internal sealed record SourceHead(string Store, long MaxId, long? JournalSeq, long HeardAt)
{
    /// <summary>True when the recorder has something that the checkpoint has not.</summary>
    public bool IsAheadOf(Storage.Receiving.SyncCheckpoint at) => MaxId >= at.NextId || JournalSeq > at.JournalSeq;

    /// <summary>True when the same store reached further before: its journal only grows, and without one its newest segment goes last.</summary>
    public bool IsBackFrom(SourceHead before) =>
        Store == before.Store && (JournalSeq is { } seq ? seq < before.JournalSeq : MaxId > 0 && MaxId < before.MaxId);

    /// <summary>The further of two: news may overtake each other. What another store says replaces what is known.</summary>
    public SourceHead With(SourceHead news) =>
        news.Store != Store || news.MaxId > MaxId || news.JournalSeq > JournalSeq || (JournalSeq is null && news.JournalSeq is not null)
            ? news
            : this;
}

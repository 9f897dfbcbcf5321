namespace AudioRelay.Storage.Journal;

/// <summary>One entry of a store's append-only log.</summary>
/// <param name="Seq">Grows, never used twice; numbers may be missing where retention removed entries.</param>
/// <param name="AtUs">When it was written, UTC µs.</param>
/// <param name="Body">What happened.</param>
public sealed record JournalEntry(long Seq, long AtUs, JournalBody Body)
{
    /// <summary>The stored name of its kind.</summary>
    public string Kind => Body.Kind;
}

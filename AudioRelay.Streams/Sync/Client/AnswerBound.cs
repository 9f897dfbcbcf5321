namespace AudioRelay.Streams.Sync.Client;

/// <summary>How much of an answer is read at most, whatever its headers promise.</summary>
/// <param name="Most">Bytes.</param>
/// <param name="Usual">Bytes that are set aside at once when the answer says it is that long.</param>
/// <param name="Tightened">A tighter bound from the beginning of the body; null where there is none.</param>
internal sealed record AnswerBound(long Most, long Usual = 64 * 1024, Func<ReadOnlyMemory<byte>, long>? Tightened = null)
{
    /// <summary>For an answer of a few lines.</summary>
    public static readonly AnswerBound Small = new(64 * 1024);

    /// <summary>For a list: a hundred thousand sections.</summary>
    public static readonly AnswerBound List = new(8 * 1024 * 1024);
}

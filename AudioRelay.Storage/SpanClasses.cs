namespace AudioRelay.Storage;

/// <summary>
/// Classes of length, by which rows are indexed that begin before an instant and end after it: of a class only those can reach the instant that
/// begin less than its greatest length before it. A class is a number of hexadecimal digits of the length in µs, so there are few to ask.
/// </summary>
internal static class SpanClasses
{
    /// <summary>The number of classes: so many years that nothing is longer, and so few that sums stay within 64 bits.</summary>
    public const int Count = 15;

    /// <summary>Before everything, and still so that a length can be taken off.</summary>
    public const long Earliest = -1L << (4 * Count);

    /// <summary>An instant as a statement is to be given it.</summary>
    public static long At(long utcUs) => Math.Max(utcUs, Earliest);
}

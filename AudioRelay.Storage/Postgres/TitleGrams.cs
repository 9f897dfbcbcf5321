namespace AudioRelay.Storage.Postgres;

/// <summary>
/// How titles are found by a part of them: a text holds another only if it holds all its pieces. Pieces are of one, two and three UTF-16 units of
/// the folded text; a hash stands for each, so what an index finds is looked at once more.
/// </summary>
internal static class TitleGrams
{
    private const int Longest = 3;

    // The ICY protocol allows 4,080 bytes. Of a longer, hostile one the rest is not indexed, so it is not found by what stands there.
    private const int MostIndexed = 4096;

    /// <summary>The text without upper and lower case, as <see cref="StringComparison.OrdinalIgnoreCase"/> has it.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>All pieces of a title.</summary>
    /// <param name="folded">The title, folded.</param>
    public static int[] Of(string folded)
    {
        var text = folded.AsSpan(0, Math.Min(folded.Length, MostIndexed));
        var grams = new HashSet<int>();
        for (var length = 1; length <= Longest; length++)
        {
            Add(text, length, grams);
        }

        return [.. grams];
    }

    /// <summary>The pieces that a title must have to hold a text: its longest ones.</summary>
    /// <param name="folded">What is looked for, folded; not empty.</param>
    public static int[] Wanted(string folded)
    {
        var grams = new HashSet<int>();
        Add(folded.AsSpan(0, Math.Min(folded.Length, MostIndexed)), Math.Min(Longest, folded.Length), grams);
        return [.. grams];
    }

    private static void Add(ReadOnlySpan<char> text, int length, HashSet<int> grams)
    {
        for (var i = 0; i + length <= text.Length; i++)
        {
            grams.Add(Hash(text.Slice(i, length)));
        }
    }

    // FNV-1a over the units; part of the schema, so it is never changed.
    private static int Hash(ReadOnlySpan<char> piece)
    {
        var hash = 2_166_136_261u;
        foreach (var unit in piece)
        {
            hash = (hash ^ unit) * 16_777_619;
        }

        return unchecked((int)hash);
    }
}

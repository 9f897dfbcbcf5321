namespace AudioRelay.Host.Config.Reading;

/// <summary>What somebody who wrote this word probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of the words, null when none is near.</summary>
    public static string? For(string word, IEnumerable<string> candidates)
    {
        var given = Plain(word);
        var nearest = candidates.Select(c => (Word: c, Distance: Distance(given, Plain(c)))).OrderBy(c => c.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, given.Length / 3) ? nearest.Word : null;
    }

    /// <summary><c>; did you mean 'x'?</c>, or nothing.</summary>
    public static string Clause(string word, IEnumerable<string> candidates) =>
        For(word, candidates) is { } meant ? $"; did you mean '{meant}'?" : "";

    private static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Edits between two words: insert, delete, replace, or swap neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }
        return d[a.Length, b.Length];
    }
}

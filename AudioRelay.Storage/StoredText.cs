using System.Text;

namespace AudioRelay.Storage;

/// <summary>Text as every kind of store takes it. What stations, recorders and people send may hold what is no text.</summary>
internal static class StoredText
{
    /// <summary>True when it can be kept as it is: it has no NUL, which PostgreSQL's <c>text</c> cannot hold, and no half of a surrogate pair.</summary>
    public static bool IsKept(string text) => string.Equals(Clean(text), text, StringComparison.Ordinal);

    /// <summary>The text, with U+FFFD for each NUL, which a <c>text</c> cannot hold, and for each half of a surrogate pair.</summary>
    public static string Clean(string text)
    {
        var clean = true;
        foreach (var rune in text.EnumerateRunes())
        {
            clean &= rune.Value is not (0 or 0xFFFD);
        }

        if (clean)
        {
            return text;
        }

        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return builder.ToString();
    }
}

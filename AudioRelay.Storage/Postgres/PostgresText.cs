using System.Text;

namespace AudioRelay.Storage.Postgres;

/// <summary>Text as PostgreSQL takes it. What stations and people send may hold what is no text.</summary>
internal static class PostgresText
{
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

using System.Text;

namespace AudioRelay.Host.Config.Toml;

/// <summary>The four kinds of strings.</summary>
internal static class TomlStringParser
{
    /// <summary>The cursor stands on the opening quote.</summary>
    public static string Parse(TomlCursor cursor)
    {
        var start = cursor.Position;
        var quote = cursor.Current;
        var escapes = quote == '"';
        var severalLines = cursor.Peek(1) == quote && cursor.Peek(2) == quote;
        cursor.Skip(severalLines ? 3 : 1);
        if (severalLines)
        {
            cursor.AcceptNewline();
        }

        var text = new StringBuilder();
        while (true)
        {
            if (cursor.AtEnd || (!severalLines && cursor.AtNewline))
            {
                throw new TomlException(start, $"this string is not closed: {(severalLines ? new string(quote, 3) : quote)} is missing");
            }
            if (cursor.Current == quote && Closes(cursor, quote, severalLines, text))
            {
                return text.ToString();
            }
            if (escapes && cursor.Current == '\\')
            {
                TomlEscapeParser.Parse(cursor, severalLines, text);
            }
            else if (cursor.AtNewline)
            {
                text.Append(cursor.Current == '\r' ? "\r\n" : "\n");
                cursor.AcceptNewline();
            }
            else
            {
                cursor.RefuseControl("in a string; write it as an escape such as \\u0007 in double quotes");
                text.Append(cursor.Current);
                cursor.Skip();
            }
        }
    }

    /// <summary>At a quote: whether it ends the string. One or two more may stand right before the closing three and belong to the text.</summary>
    private static bool Closes(TomlCursor cursor, char quote, bool severalLines, StringBuilder text)
    {
        if (!severalLines)
        {
            cursor.Skip();
            return true;
        }
        var run = 1;
        while (run < 5 && cursor.Peek(run) == quote)
        {
            run++;
        }
        cursor.Skip(run);
        if (run < 3)
        {
            text.Append(quote, run);
            return false;
        }
        text.Append(quote, run - 3);
        return true;
    }
}

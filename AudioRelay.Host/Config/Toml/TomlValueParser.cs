using System.Buffers;

namespace AudioRelay.Host.Config.Toml;

/// <summary>What stands right of an equals sign.</summary>
internal static class TomlValueParser
{
    private const int DeepestNesting = 200; // a file of nothing but brackets must not overflow the stack

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n,]}#");

    public static TomlValue Parse(TomlCursor cursor, int depth = 0)
    {
        var position = cursor.Position;
        if (depth > DeepestNesting)
        {
            cursor.Fail("lists and tables are nested too deeply here");
        }
        switch (cursor.Current)
        {
            case '"' or '\'':
                return new TomlString(position, TomlStringParser.Parse(cursor));
            case '[':
                return ParseArray(cursor, depth);
            case '{':
                return ParseInlineTable(cursor, depth);
        }
        var word = TakeWord(cursor);
        return word switch
        {
            "" => throw cursor.Error($"a value was expected, not {cursor.Describe()}"),
            "true" => new TomlBoolean(position, true),
            "false" => new TomlBoolean(position, false),
            _ => TomlTimeParser.TryParse(word, position) ?? TomlNumberParser.TryParse(word, position) ?? throw Unknown(word, position),
        };
    }

    private static TomlException Unknown(string word, TomlPosition position) =>
        new(
            position,
            word.ToLowerInvariant() switch
            {
                "true" or "false" => $"write {word.ToLowerInvariant()} in small letters",
                "yes" or "on" => $"'{word}' is no value; did you mean true?",
                "no" or "off" => $"'{word}' is no value; did you mean false?",
                _ when char.IsAsciiDigit(word[^1]) && char.IsAsciiDigit(word[0]) =>
                    $"'{word}' is neither a number nor a date or time; text goes in quotes: \"{word}\"",
                _ => $"'{word}' is no value; text goes in quotes: \"{word}\"",
            }
        );

    /// <summary>Everything up to a blank, comma, bracket, comment or line end; a blank between a date and a time belongs to it.</summary>
    private static string TakeWord(TomlCursor cursor)
    {
        var length = WordLength(cursor, 0);
        if (length == 10 && cursor.Peek(4) == '-' && cursor.Peek(10) == ' ' && char.IsAsciiDigit(cursor.Peek(11)))
        {
            length = WordLength(cursor, 11);
        }
        var word = cursor.Rest[..length].ToString();
        cursor.Skip(length);
        return word;
    }

    private static int WordLength(TomlCursor cursor, int from)
    {
        var rest = cursor.Rest[from..];
        var end = rest.IndexOfAny(WordEnds);
        return from + (end < 0 ? rest.Length : end);
    }

    private static TomlArray ParseArray(TomlCursor cursor, int depth)
    {
        var start = cursor.Position;
        var array = new TomlArray(start, ofTables: false);
        cursor.Skip();
        while (true)
        {
            cursor.SkipBlanksCommentsAndNewlines();
            if (cursor.Accept(']'))
            {
                return array;
            }
            if (cursor.AtEnd)
            {
                throw new TomlException(start, "this list is not closed: ] is missing");
            }
            array.Add(Parse(cursor, depth + 1));
            cursor.SkipBlanksCommentsAndNewlines();
            if (!cursor.Accept(',') && cursor.Current != ']')
            {
                throw cursor.AtEnd
                    ? new TomlException(start, "this list is not closed: ] is missing")
                    : cursor.Error($"a comma or ] was expected, not {cursor.Describe()}");
            }
        }
    }

    private static TomlTable ParseInlineTable(TomlCursor cursor, int depth)
    {
        var table = new TomlTable(cursor.Position, TomlTableOrigin.Header);
        cursor.Skip();
        cursor.SkipBlanks();
        if (!cursor.Accept('}'))
        {
            do
            {
                TomlDocumentParser.ParsePair(cursor, table, depth + 1);
                cursor.SkipBlanks();
            } while (cursor.Accept(','));
            if (!cursor.Accept('}'))
            {
                cursor.Fail($"a comma or }} was expected, not {cursor.Describe()} (a table in braces stands on one line)");
            }
        }
        table.Close();
        return table;
    }
}

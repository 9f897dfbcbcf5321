namespace AudioRelay.Host.Config.Toml;

/// <summary>Keys: <c>bare</c>, <c>"quoted"</c>, <c>dotted.keys</c>.</summary>
internal static class TomlKeyParser
{
    public static List<(string Name, TomlPosition Position)> ParseDotted(TomlCursor cursor)
    {
        List<(string, TomlPosition)> parts = [];
        do
        {
            cursor.SkipBlanks();
            var position = cursor.Position;
            parts.Add((ParseSimple(cursor), position));
            cursor.SkipBlanks();
        } while (cursor.Accept('.'));
        return parts;
    }

    private static string ParseSimple(TomlCursor cursor)
    {
        if (cursor.Current is '"' or '\'')
        {
            if (cursor.Next("\"\"\"") || cursor.Next("'''"))
            {
                cursor.Fail("a key cannot be a text of several lines; use one pair of quotes");
            }
            return TomlStringParser.Parse(cursor);
        }
        var length = 0;
        while (char.IsAsciiLetterOrDigit(cursor.Peek(length)) || cursor.Peek(length) is '_' or '-')
        {
            length++;
        }
        if (length == 0)
        {
            cursor.Fail($"a key was expected, not {cursor.Describe()} (letters, digits, '_' and '-'; anything else in quotes)");
        }
        var name = cursor.Rest[..length].ToString();
        cursor.Skip(length);
        return name;
    }
}

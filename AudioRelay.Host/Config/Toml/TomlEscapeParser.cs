using System.Globalization;
using System.Text;

namespace AudioRelay.Host.Config.Toml;

/// <summary>What a backslash begins in a string in double quotes.</summary>
internal static class TomlEscapeParser
{
    public static void Parse(TomlCursor cursor, bool severalLines, StringBuilder text)
    {
        if (severalLines && SkipLineEnd(cursor))
        {
            return;
        }
        switch (cursor.Peek(1))
        {
            case 'b':
                Append('\b');
                break;
            case 't':
                Append('\t');
                break;
            case 'n':
                Append('\n');
                break;
            case 'f':
                Append('\f');
                break;
            case 'r':
                Append('\r');
                break;
            case '"':
                Append('"');
                break;
            case '\\':
                Append('\\');
                break;
            case 'u':
                AppendCode(4);
                break;
            case 'U':
                AppendCode(8);
                break;
            default:
                cursor.Fail(
                    "this escape does not exist; a backslash in double quotes is written \\\\, or use single quotes, where it stands for itself"
                );
                break;
        }

        void Append(char c)
        {
            text.Append(c);
            cursor.Skip(2);
        }

        void AppendCode(int digits)
        {
            var hex = cursor.Rest[2..];
            if (
                hex.Length < digits
                || !int.TryParse(hex[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || !Rune.IsValid(code)
            )
            {
                throw cursor.Error($"\\{cursor.Peek(1)} needs {digits} hexadecimal digits that name a Unicode character");
            }
            text.Append(new Rune(code).ToString());
            cursor.Skip(2 + digits);
        }
    }

    /// <summary>A backslash as the last thing on its line swallows the line's end and all white space up to the next text.</summary>
    private static bool SkipLineEnd(TomlCursor cursor)
    {
        var blanks = 1;
        while (cursor.Peek(blanks) is ' ' or '\t')
        {
            blanks++;
        }
        if (cursor.Peek(blanks) != '\n' && !(cursor.Peek(blanks) == '\r' && cursor.Peek(blanks + 1) == '\n'))
        {
            return false;
        }
        cursor.Skip(blanks);
        do
        {
            cursor.SkipBlanks();
        } while (cursor.AcceptNewline());
        return true;
    }
}

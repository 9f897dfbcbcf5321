using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AudioRelay.Host.Config.Toml;

/// <summary>A place in the text that moves forward and knows its line and column.</summary>
internal sealed class TomlCursor
{
    public const char End = '\uFFFF';

    private readonly string text;
    private int at;
    private int line = 1;
    private int lineStart;

    public TomlCursor(string text)
    {
        this.text = text;
        at = lineStart = text.StartsWith('\uFEFF') ? 1 : 0;
    }

    public bool AtEnd => at >= text.Length;

    public char Current => Peek(0);

    public TomlPosition Position => PositionAt(at);

    /// <summary>The rest of the text, for looking ahead.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(at);

    /// <summary>U+FFFF stands for the end; it is no character, and one in the text is told apart by <see cref="AtEnd"/>.</summary>
    public char Peek(int ahead) => at + ahead < text.Length ? text[at + ahead] : End;

    public bool Next(string expected) => Rest.StartsWith(expected, StringComparison.Ordinal);

    public void Skip(int count = 1)
    {
        for (; count > 0 && at < text.Length; count--)
        {
            if (text[at++] == '\n')
            {
                line++;
                lineStart = at;
            }
        }
    }

    public bool Accept(char expected)
    {
        if (AtEnd || Current != expected)
        {
            return false;
        }
        Skip();
        return true;
    }

    public bool AtNewline => Current == '\n' || (Current == '\r' && Peek(1) == '\n');

    public bool AcceptNewline()
    {
        if (!AtNewline)
        {
            return false;
        }
        Skip(Current == '\r' ? 2 : 1);
        return true;
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Skip();
        }
    }

    /// <summary>A comment up to, and not including, the end of its line.</summary>
    public void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }
        while (!AtEnd && !AtNewline)
        {
            RefuseControl("in a comment");
            Skip();
        }
    }

    public void SkipBlanksCommentsAndNewlines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        } while (AcceptNewline());
    }

    public void RefuseControl(string where)
    {
        if (!AtEnd && Current != '\t' && (Current < ' ' || Current == '\u007F'))
        {
            throw Error($"{Describe()} is not allowed {where}");
        }
    }

    public TomlException Error(string problem) => new(Position, problem);

    [DoesNotReturn]
    public void Fail(string problem) => throw Error(problem);

    /// <summary>What stands here, in words.</summary>
    public string Describe()
    {
        if (AtEnd)
        {
            return "the end of the file";
        }
        if (AtNewline)
        {
            return "the end of the line";
        }
        if (Current < ' ' || Current == '\u007F')
        {
            return $"the control character U+{(int)Current:X4}";
        }
        Rune.DecodeFromUtf16(Rest, out var rune, out _);
        return $"'{rune}'";
    }

    private TomlPosition PositionAt(int index)
    {
        var column = 1;
        for (var i = lineStart; i < index && i < text.Length; i++)
        {
            if (!char.IsLowSurrogate(text[i]))
            {
                column++;
            }
        }
        return new(line, column);
    }
}

using System.Text;

namespace AudioRelay.Media.Icy;

/// <summary>Finds one field in a block of <c>Name='value';Name='value';</c>, where nothing in the values is escaped.</summary>
internal static class IcyField
{
    public static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        for (var from = 0; from < text.Length; )
        {
            if (StartsField(text[from..], out var nameLength))
            {
                var valueStart = from + nameLength + 2;
                var length = ValueLength(text[valueStart..], out var closed);
                if (Ascii.EqualsIgnoreCase(text.Slice(from, nameLength), name))
                {
                    value = text.Slice(valueStart, length);
                    return closed;
                }

                from = valueStart + length;
            }

            from++;
        }

        return false;
    }

    // The value ends at "';" in front of the end or of another field. A block that was cut short may lack the last semicolon.
    private static int ValueLength(ReadOnlySpan<byte> text, out bool closed)
    {
        closed = true;
        var last = -1;
        for (var at = 0; at < text.Length; at++)
        {
            var quote = text[at..].IndexOf("';"u8);
            if (quote < 0)
            {
                break;
            }

            at += quote;
            last = at;
            if (StartsField(text[(at + 2)..].TrimStart(" \r\n"u8), out _))
            {
                return at;
            }
        }

        if (last >= 0)
        {
            return last;
        }

        closed = text.EndsWith("'"u8);
        return closed ? text.Length - 1 : text.Length;
    }

    private static bool StartsField(ReadOnlySpan<byte> text, out int nameLength)
    {
        nameLength = 0;
        while (
            nameLength < text.Length && (char.IsAsciiLetterOrDigit((char)text[nameLength]) || text[nameLength] is (byte)'_' or (byte)'-')
        )
        {
            nameLength++;
        }

        return nameLength > 0 && text[nameLength..].StartsWith("='"u8);
    }
}

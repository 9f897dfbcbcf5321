using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AudioRelay.Media.Icy;

/// <summary>Reads the StreamTitle out of a metadata block.</summary>
public static class IcyTitle
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the title. Nothing in a title is escaped, so it ends at the last <c>';</c> that closes the block or stands in front of
    /// another field (<c>StreamUrl='</c>): quotes and semicolons inside belong to it.
    /// </summary>
    /// <param name="block">The block; what follows its first zero byte is padding, whatever it looks like.</param>
    /// <param name="configured">What the show's bytes are when they are not UTF-8; null for Latin-1.</param>
    /// <param name="title">The text, trimmed, without control characters; empty when the station says that nothing is on.</param>
    /// <returns>False when the block has no readable title: such a block is passed over.</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, Encoding? configured, [NotNullWhen(true)] out string? title)
    {
        title = null;
        var padding = block.IndexOf((byte)0);
        var text = padding < 0 ? block : block[..padding];
        if (!IcyField.TryFind(text, "StreamTitle"u8, out var value))
        {
            return false;
        }

        title = Clean(Decode(value, configured));
        return true;
    }

    private static string Decode(ReadOnlySpan<byte> value, Encoding? configured) =>
        TryDecode(StrictUtf8, value)
        ?? (configured is null ? null : TryDecode(Strict(configured), value))
        ?? Encoding.Latin1.GetString(value);

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> value)
    {
        try
        {
            return encoding.GetString(value);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static string Clean(string text)
    {
        var cleaned = text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? text : string.Concat(text.Select(Printable));
        return cleaned.Trim().Trim('\uFEFF');
    }

    private static char Printable(char c) => char.IsControl(c) ? ' ' : c;
}

using System.Text;

namespace AudioRelay.Host.Config.Toml;

/// <summary>Reads TOML 1.0. Pure: text in, a table with a place for every value out.</summary>
internal static class TomlReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="TomlException">It is not UTF-8, or not TOML.</exception>
    public static TomlTable Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return Read(Utf8.GetString(file));
        }
        catch (DecoderFallbackException bad)
        {
            var before = file[..Math.Clamp(bad.Index, 0, file.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            throw new TomlException(new(line, column), "this byte is not UTF-8; save the file as UTF-8");
        }
    }

    /// <exception cref="TomlException">It is not TOML.</exception>
    public static TomlTable Read(string text) => new TomlDocumentParser(new TomlCursor(text)).Parse();
}

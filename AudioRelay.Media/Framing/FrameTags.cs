namespace AudioRelay.Media.Framing;

/// <summary>The tags that files bring into streams between frames: ID3v1, ID3v2, APE.</summary>
internal static class FrameTags
{
    /// <summary>Whether a tag begins here; null when more bytes are needed to know.</summary>
    public static bool? BeginsWith(ReadOnlySpan<byte> bytes)
    {
        var id3v1 = Matches(bytes, "TAG"u8);
        var id3v2 = Matches(bytes, "ID3"u8);
        var ape = Matches(bytes, "APETAGEX"u8);
        if (id3v1 == true || id3v2 == true || ape == true)
        {
            return true;
        }

        return id3v1 is null || id3v2 is null || ape is null ? null : false;
    }

    private static bool? Matches(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> tag)
    {
        var common = Math.Min(tag.Length, bytes.Length);
        if (!bytes[..common].SequenceEqual(tag[..common]))
        {
            return false;
        }

        return common == tag.Length ? true : null;
    }
}

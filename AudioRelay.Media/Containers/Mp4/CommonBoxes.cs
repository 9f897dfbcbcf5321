namespace AudioRelay.Media.Containers.Mp4;

/// <summary>Boxes that fragmented and plain files share (ISO/IEC 14496-12).</summary>
internal static class CommonBoxes
{
    /// <summary>'und' in the packed form of mdhd.</summary>
    private const int UndeterminedLanguage = 0x55C4;

    /// <summary>enabled, in movie, in preview.</summary>
    public const uint Shown = 7;

    public static void FileType(BoxWriter w, ReadOnlySpan<byte> type, ReadOnlySpan<byte> brands)
    {
        using var _ = w.Box(type);
        w.Bytes(brands[..4]);
        w.U32(0);
        w.Bytes(brands);
    }

    public static void MovieHeader(BoxWriter w, int timescale, long duration, int nextTrack)
    {
        using var _ = w.FullBox("mvhd"u8, version: 1);
        w.Zeros(16);
        w.U32(timescale);
        w.U64(duration);
        w.U32(0x00010000);
        w.U16(0x0100);
        w.Zeros(10);
        Matrix(w);
        w.Zeros(24);
        w.U32(nextTrack);
    }

    public static void TrackHeader(BoxWriter w, int track, uint flags, long duration, bool audible)
    {
        using var _ = w.FullBox("tkhd"u8, version: 1, flags);
        w.Zeros(16);
        w.U32(track);
        w.U32(0);
        w.U64(duration);
        w.Zeros(12);
        w.U16(audible ? 0x0100 : 0);
        w.U16(0);
        Matrix(w);
        w.Zeros(8);
    }

    public static void MediaHeader(BoxWriter w, int timescale, long duration)
    {
        using var _ = w.FullBox("mdhd"u8, version: 1);
        w.Zeros(16);
        w.U32(timescale);
        w.U64(duration);
        w.U16(UndeterminedLanguage);
        w.U16(0);
    }

    public static void Handler(BoxWriter w, ReadOnlySpan<byte> type, ReadOnlySpan<byte> name)
    {
        using var _ = w.FullBox("hdlr"u8);
        w.U32(0);
        w.Bytes(type);
        w.Zeros(12);
        w.Bytes(name);
        w.U8(0);
    }

    public static void SoundHeader(BoxWriter w)
    {
        using var _ = w.FullBox("smhd"u8);
        w.U32(0);
    }

    /// <summary>The media is in this very file.</summary>
    public static void SelfContained(BoxWriter w)
    {
        using var dinf = w.Box("dinf"u8);
        using var dref = w.FullBox("dref"u8);
        w.U32(1);
        using var url = w.FullBox("url "u8, flags: 1);
    }

    public static void EmptyTable(BoxWriter w, ReadOnlySpan<byte> type, int zeros)
    {
        using var _ = w.FullBox(type);
        w.Zeros(zeros);
    }

    /// <summary>The head of an audio sample entry; the codec's box follows inside.</summary>
    public static BoxWriter.Scope AudioEntry(BoxWriter w, ReadOnlySpan<byte> type, int channels, int sampleRate)
    {
        var scope = w.Box(type);
        w.Zeros(6);
        w.U16(1);
        w.Zeros(8);
        w.U16(channels);
        w.U16(16);
        w.U32(0);
        w.U32(sampleRate < 65536 ? (uint)sampleRate << 16 : 0);
        return scope;
    }

    private static void Matrix(BoxWriter w)
    {
        ReadOnlySpan<uint> unity = [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000];
        foreach (var value in unity)
        {
            w.U32(value);
        }
    }
}

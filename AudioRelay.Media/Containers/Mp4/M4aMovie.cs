using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>ftyp and moov of an <c>.m4a</c> file. One timescale, the sound's rate, so that every time is exact.</summary>
internal sealed class M4aMovie(
    FrameFormat format,
    List<ushort> sizes,
    IReadOnlyList<M4aEdit> edits,
    IReadOnlyList<M4aChapter> chapters,
    M4aTags? tags
)
{
    private const int SamplesPerFrame = 1024;
    private const int FramesPerChunk = 32;
    private const int SoundTrack = 1;
    private const int ChapterTrack = 2;

    private readonly long _heard = edits.Sum(e => e.Samples);

    public IReadOnlyList<M4aChapter> Chapters => chapters;

    private int Timescale => Math.Max(1, format.SampleRate);

    /// <param name="mediaOffset">Where the payload of mdat begins in the file: first the chapters' texts, then the frames.</param>
    /// <param name="mediaBytes">How long it is.</param>
    public ReadOnlySpan<byte> Build(long mediaOffset, long mediaBytes)
    {
        var large = mediaBytes > int.MaxValue;
        var w = new BoxWriter(4096 + (sizes.Count * 5));
        CommonBoxes.FileType(w, "ftyp"u8, "M4A isommp42"u8);
        using (w.Box("moov"u8))
        {
            CommonBoxes.MovieHeader(w, Timescale, _heard, nextTrack: 3);
            Sound(w, mediaOffset + chapters.Sum(c => (long)c.SampleBytes), large);
            if (chapters.Count > 0)
            {
                M4aChapterTrack.Write(w, ChapterTrack, chapters, (Timescale, _heard), mediaOffset, large);
            }

            M4aUserData.Write(w, tags, chapters, Timescale);
        }

        return w.Written;
    }

    private void Sound(BoxWriter w, long offset, bool large)
    {
        using var trak = w.Box("trak"u8);
        CommonBoxes.TrackHeader(w, SoundTrack, CommonBoxes.Shown, _heard, audible: true);
        EditList(w);
        if (chapters.Count > 0)
        {
            using var tref = w.Box("tref"u8);
            using var chap = w.Box("chap"u8);
            w.U32(ChapterTrack);
        }

        using var mdia = w.Box("mdia"u8);
        CommonBoxes.MediaHeader(w, Timescale, (long)sizes.Count * SamplesPerFrame);
        CommonBoxes.Handler(w, "soun"u8, "SoundHandler"u8);
        using var minf = w.Box("minf"u8);
        CommonBoxes.SoundHeader(w);
        CommonBoxes.SelfContained(w);
        using var stbl = w.Box("stbl"u8);
        using (w.FullBox("stsd"u8))
        {
            w.U32(1);
            using var entry = CommonBoxes.AudioEntry(w, "mp4a"u8, format.Channels, format.SampleRate);
            Esds(w);
        }

        using (w.FullBox("stts"u8))
        {
            w.U32(1);
            w.U32(sizes.Count);
            w.U32(SamplesPerFrame);
        }

        SampleSizes(w);
        Chunks(w, offset, large);
    }

    private void EditList(BoxWriter w)
    {
        using var edts = w.Box("edts"u8);
        using var elst = w.FullBox("elst"u8, version: 1);
        w.U32(edits.Count);
        foreach (var edit in edits)
        {
            w.U64(edit.Samples);
            w.U64(edit.MediaStart);
            w.U32(0x00010000);
        }
    }

    // ES descriptor › decoder configuration › AudioSpecificConfig (object type, rate index, channels).
    private void Esds(BoxWriter w)
    {
        ReadOnlySpan<int> rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
        var objectType = format.Variant - FrameVariant.AacMain + 1;
        var channels = format.Channels == 8 ? 7 : format.Channels;
        using var _ = w.FullBox("esds"u8);
        w.Bytes([3, 25, 0, 0, 0, 4, 17, 0x40, 0x15]);
        w.Zeros(11); // buffer size, greatest and average rate: not known
        w.Bytes([5, 2]);
        w.U16((objectType << 11) | (rates.IndexOf(format.SampleRate) << 7) | (channels << 3));
        w.Bytes([6, 1, 2]);
    }

    private void SampleSizes(BoxWriter w)
    {
        using var _ = w.FullBox("stsz"u8);
        w.U32(0);
        w.U32(sizes.Count);
        foreach (var size in sizes)
        {
            w.U32((int)size);
        }
    }

    private void Chunks(BoxWriter w, long offset, bool large)
    {
        var (full, rest) = Math.DivRem(sizes.Count, FramesPerChunk);
        using (w.FullBox("stsc"u8))
        {
            w.U32((full > 0 ? 1 : 0) + (rest > 0 ? 1 : 0));
            if (full > 0)
            {
                ChunkRun(w, 1, FramesPerChunk);
            }

            if (rest > 0)
            {
                ChunkRun(w, full + 1, rest);
            }
        }

        using var _ = w.FullBox(large ? "co64"u8 : "stco"u8);
        w.U32(full + (rest > 0 ? 1 : 0));
        for (var i = 0; i < sizes.Count; i++)
        {
            if (i % FramesPerChunk == 0)
            {
                Offset(w, offset, large);
            }

            offset += sizes[i];
        }
    }

    internal static void ChunkRun(BoxWriter w, int firstChunk, int samples)
    {
        w.U32(firstChunk);
        w.U32(samples);
        w.U32(1);
    }

    internal static void Offset(BoxWriter w, long offset, bool large)
    {
        if (large)
        {
            w.U64(offset);
        }
        else
        {
            w.U32((uint)offset);
        }
    }
}

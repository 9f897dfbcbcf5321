namespace AudioRelay.Media.Containers.Mp4;

/// <summary>The text track that QuickTime and its kin read chapters from; the sound's track refers to it.</summary>
internal static class M4aChapterTrack
{
    /// <param name="w">Where it goes.</param>
    /// <param name="track">The track's number.</param>
    /// <param name="chapters">The chapters, from the very start.</param>
    /// <param name="time">Ticks per second, and how long all of it is.</param>
    /// <param name="offset">Where the texts begin in the file.</param>
    /// <param name="large">Whether offsets need 64 bits.</param>
    public static void Write(
        BoxWriter w,
        int track,
        IReadOnlyList<M4aChapter> chapters,
        (int Timescale, long Duration) time,
        long offset,
        bool large
    )
    {
        using var trak = w.Box("trak"u8);
        CommonBoxes.TrackHeader(w, track, flags: 0, time.Duration, audible: false);
        using var mdia = w.Box("mdia"u8);
        CommonBoxes.MediaHeader(w, time.Timescale, time.Duration);
        CommonBoxes.Handler(w, "text"u8, "Chapters"u8);
        using var minf = w.Box("minf"u8);
        using (w.Box("gmhd"u8))
        {
            using var gmin = w.FullBox("gmin"u8);
            w.U16(0x40); // copy mode; colour, balance
            w.Zeros(10);
        }

        CommonBoxes.SelfContained(w);
        using var stbl = w.Box("stbl"u8);
        using (w.FullBox("stsd"u8))
        {
            w.U32(1);
            using var entry = w.Box("text"u8);
            w.Zeros(6);
            w.U16(1);
            w.Zeros(43); // flags, justification, colours, box, font: the defaults
        }

        using (w.FullBox("stts"u8))
        {
            w.U32(chapters.Count);
            for (var i = 0; i < chapters.Count; i++)
            {
                w.U32(1);
                var end = i + 1 < chapters.Count ? chapters[i + 1].Sample : time.Duration;
                w.U32((uint)Math.Min(uint.MaxValue, end - chapters[i].Sample));
            }
        }

        using (w.FullBox("stsz"u8))
        {
            w.U32(0);
            w.U32(chapters.Count);
            foreach (var chapter in chapters)
            {
                w.U32(chapter.SampleBytes);
            }
        }

        using (w.FullBox("stsc"u8))
        {
            w.U32(1);
            M4aMovie.ChunkRun(w, 1, chapters.Count);
        }

        using var _ = w.FullBox(large ? "co64"u8 : "stco"u8);
        w.U32(1);
        M4aMovie.Offset(w, offset, large);
    }
}

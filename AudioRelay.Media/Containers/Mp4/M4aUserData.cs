using System.Text;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>Tags, and chapters in the list that players without text tracks read.</summary>
internal static class M4aUserData
{
    private const int MaxNeroChapters = 255;

    public static void Write(BoxWriter w, M4aTags? tags, IReadOnlyList<M4aChapter> chapters, int timescale)
    {
        if (tags is null && chapters.Count == 0)
        {
            return;
        }

        using var udta = w.Box("udta"u8);
        if (chapters.Count > 0)
        {
            NeroChapters(w, chapters, timescale);
        }

        if (tags is null)
        {
            return;
        }

        using var meta = w.FullBox("meta"u8);
        CommonBoxes.Handler(w, "mdir"u8, ""u8);
        using var ilst = w.Box("ilst"u8);
        Tag(w, "\u00a9nam", tags.Title);
        Tag(w, "\u00a9ART", tags.Artist);
        Tag(w, "\u00a9day", tags.Date);
        Tag(w, "\u00a9cmt", tags.Comment);
    }

    // The other way of writing chapters, for players that read no text track. It counts in one byte.
    private static void NeroChapters(BoxWriter w, IReadOnlyList<M4aChapter> chapters, int timescale)
    {
        using var chpl = w.FullBox("chpl"u8, version: 1);
        w.U32(0);
        var listed = Math.Min(chapters.Count, MaxNeroChapters);
        w.U8(listed);
        for (var i = 0; i < listed; i++)
        {
            var title = M4aChapter.Shorten(chapters[i].Title, 255);
            var (seconds, rest) = Math.DivRem(chapters[i].Sample, timescale);
            w.U64((seconds * 10_000_000) + (rest * 10_000_000 / timescale));
            w.U8(Encoding.UTF8.GetByteCount(title));
            w.Text(title);
        }
    }

    private static void Tag(BoxWriter w, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        using var tag = w.Box(Encoding.Latin1.GetBytes(name));
        using var data = w.Box("data"u8);
        w.U32(1); // UTF-8
        w.U32(0);
        w.Text(value);
    }
}

using System.Text;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>A title and when it begins, in samples of what is heard.</summary>
internal readonly record struct M4aChapter(long Sample, string Title)
{
    /// <summary>A text sample's length is two bytes, and no player shows more than a line.</summary>
    private const int MaxTitleBytes = 1000;

    /// <summary>The chapters as a text track needs them: from the very start, without empty ones, none after the end.</summary>
    public static List<M4aChapter> Track(IEnumerable<M4aChapter> chapters, long duration)
    {
        var track = new List<M4aChapter>();
        foreach (var chapter in chapters.Where(c => c.Sample < duration).OrderBy(c => c.Sample))
        {
            if (track.Count == 0 && chapter.Sample > 0)
            {
                track.Add(new M4aChapter(0, ""));
            }

            if (track.Count > 0 && track[^1].Sample == chapter.Sample)
            {
                track.RemoveAt(track.Count - 1);
            }

            track.Add(chapter with { Title = Shorten(chapter.Title, MaxTitleBytes) });
        }

        return track;
    }

    /// <summary>The text track's samples: length, UTF-8, and a box that says it is UTF-8.</summary>
    public static byte[] Texts(IReadOnlyList<M4aChapter> chapters)
    {
        var w = new BoxWriter();
        foreach (var chapter in chapters)
        {
            w.U16(Encoding.UTF8.GetByteCount(chapter.Title));
            w.Text(chapter.Title);
            using var encd = w.Box("encd"u8);
            w.U32(0x100);
        }

        return w.Written.ToArray();
    }

    /// <summary>Bytes of this chapter's sample in the text track.</summary>
    public int SampleBytes => 2 + Encoding.UTF8.GetByteCount(Title) + 12;

    /// <summary>Cuts a text so that its UTF-8 is not longer than the limit.</summary>
    public static string Shorten(string text, int maxBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= maxBytes)
        {
            return text;
        }

        var length = maxBytes;
        while (length > 0 && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
    }
}

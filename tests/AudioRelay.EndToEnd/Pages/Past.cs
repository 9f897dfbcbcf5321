using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Writes what a show has recorded before the test began, the way a recorder does: sections, titles, a broken connection.</summary>
/// <param name="store">The show's store.</param>
internal sealed class Past(ShowStore store)
{
    private const int Rate = 48_000;
    private const int SegmentSeconds = 30;
    private const int TitleSeconds = 210;
    private const long SecondUs = 1_000_000;

    private static readonly byte[] Silence = MakeSilence();

    /// <summary>The show is wanted from here on.</summary>
    public Past Wanted(long fromUs)
    {
        store.Commit(new StoreBatch().Add(fromUs, new WindowOpened(fromUs)));
        return this;
    }

    /// <summary>A section from one time to another, with titles one after the other.</summary>
    public Past Section(long fromUs, long untilUs, IReadOnlyList<string> titles, EndCause cause)
    {
        var section = store.NextSectionId(fromUs);
        var batch = new StoreBatch()
            .Add(fromUs, new SectionOpened(section, "opus", Rate, 1, 312, 960))
            .Add(fromUs, new AnchorSet(section, 0, fromUs, AnchorCause.Start));
        long samples = 0;
        for (var second = 0; fromUs + ((second + SegmentSeconds) * SecondUs) <= untilUs; second += SegmentSeconds)
        {
            if (second % TitleSeconds == 0)
            {
                var title = titles[second / TitleSeconds % titles.Count];
                batch.Add(fromUs + (second * SecondUs), new TitleSet(section, samples, title));
            }

            batch.Add(new NewSegment(section, samples, SegmentSeconds * Rate, (fromUs / 1000) + (second * 1000), Silence));
            samples += SegmentSeconds * Rate;
        }

        var endUs = fromUs + (samples / Rate * SecondUs);
        store.Commit(batch.Add(endUs, new SectionClosed(section, cause, samples, 0, endUs)));
        return this;
    }

    /// <summary>Why nothing was recorded for a while.</summary>
    public Past Trouble(GapCause cause, long fromUs, long untilUs, string detail)
    {
        store.Commit(new StoreBatch().Add(untilUs, new Trouble(cause, fromUs, untilUs, detail)));
        return this;
    }

    /// <summary>Opus packets of 20 ms that say nothing, in three bytes each.</summary>
    private static byte[] MakeSilence()
    {
        byte[] packet = [3, 0, 0xF8, 0xFF, 0xFE];
        return [.. Enumerable.Repeat(packet, SegmentSeconds * 50).SelectMany(bytes => bytes)];
    }
}

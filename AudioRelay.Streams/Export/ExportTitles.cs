using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>The titles of a file's parts, on the file's own clock.</summary>
internal static class ExportTitles
{
    private const int MostPerSection = 10_000;

    public static async ValueTask<IReadOnlyList<ExportTitle>> ReadAsync(
        IShowReader reader,
        IReadOnlyList<ExportPart> parts,
        CancellationToken cancel
    )
    {
        var titles = new List<ExportTitle>();
        var (before, start) = (0L, TimeSpan.Zero);
        foreach (var part in parts)
        {
            var stored = await reader.TitlesAsync(new TitleQuery(SectionId: part.Section.Id, Limit: MostPerSection), cancel);
            foreach (var title in stored.OrderBy(t => t.Sample).Where(t => t.Sample < part.UntilSample))
            {
                var within = Math.Max(0, title.Sample - part.FromSample);
                var (sample, at) = (before + within, start + part.TimeSpanOf(within));
                if (titles.Count > 0 && titles[^1].Sample == sample)
                {
                    titles.RemoveAt(titles.Count - 1); // of those before the part, the last one is heard at its start
                }

                if (titles.Count == 0 || titles[^1].Text != title.Text)
                {
                    titles.Add(new ExportTitle(sample, at, title.Text));
                }
            }

            (before, start) = (before + part.Samples, start + part.Duration);
        }

        return titles;
    }
}

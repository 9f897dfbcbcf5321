using AudioRelay.Storage;

namespace AudioRelay.Http.Playback;

/// <summary>What the list of shows asks a store for.</summary>
/// <param name="Info">What it says of itself.</param>
/// <param name="Oldest">Its first section; null when it has none.</param>
/// <param name="Newest">Its last section; null when it has none.</param>
/// <param name="Title">The newest title of that section, if it was growing.</param>
internal sealed record ShowGlance(ShowInfo Info, SectionInfo? Oldest, SectionInfo? Newest, string? Title)
{
    /// <summary>Asks the store.</summary>
    public static async Task<ShowGlance> ReadAsync(IShowReader reader, long nowUs, CancellationToken cancel)
    {
        var info = await reader.InfoAsync(cancel);
        var oldest = await reader.SectionsAsync(new SectionQuery(Limit: 1), cancel);
        var newest = await reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), cancel);
        var last = newest is [var only] ? only : null;
        var isGrowing = last is not null && !last.IsOver(nowUs);
        return new ShowGlance(
            info,
            oldest is [var first] ? first : null,
            last,
            isGrowing ? await NewestTitle(reader, last!.Id, cancel) : null
        );
    }

    private static async Task<string?> NewestTitle(IShowReader reader, long section, CancellationToken cancel)
    {
        var titles = await reader.TitlesAsync(new TitleQuery(SectionId: section, Limit: 1, Descending: true), cancel);
        return titles is [var title] ? title.Text : null;
    }
}

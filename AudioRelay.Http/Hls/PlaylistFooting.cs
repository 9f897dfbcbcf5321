using AudioRelay.Storage;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Http.Hls;

/// <summary>
/// What a finished range was made of. Commits add sections and segments behind it and retention takes whole sections away, so while its
/// sections begin with the same segments it would be made into the same list again.
/// </summary>
internal sealed class PlaylistFooting
{
    private readonly UtcRange _range;
    private readonly IReadOnlyList<(long Id, long? First)> _sections;

    private PlaylistFooting(UtcRange range, IReadOnlyList<(long, long?)> sections) => (_range, _sections) = (range, sections);

    /// <summary>That of a list; null when retention has just taken something out of it.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="list">What the list holds.</param>
    public static async Task<PlaylistFooting?> OfAsync(IShowReader reader, PlaylistSelection list)
    {
        var (first, last) = (list.SectionOf(list.Segments[0]), list.SectionOf(list.Segments[^1]));
        // To where the last one begins: it may still grow behind the range.
        var range = new UtcRange(first.StartUs, Math.Max(first.StartUs, last.StartUs) + 1);
        var sections = await ReadAsync(reader, range);
        var there = sections.Select(section => section.Id).ToHashSet();
        return list.Segments.All(segment => there.Contains(segment.SectionId)) ? new PlaylistFooting(range, sections) : null;
    }

    /// <summary>All of it is still there.</summary>
    public async Task<bool> StandsAsync(IShowReader reader) => _sections.SequenceEqual(await ReadAsync(reader, _range));

    private static async Task<IReadOnlyList<(long Id, long? First)>> ReadAsync(IShowReader reader, UtcRange range) =>
        [.. (await reader.SectionsAsync(new SectionQuery(range))).Select(section => (section.Id, section.FirstSegmentId))];
}

using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>Finds the parts of a file.</summary>
internal static class ExportParts
{
    public static async ValueTask<(IReadOnlyList<ExportPart> Parts, ExportRefusal? Missing)> FindAsync(
        IShowReader reader,
        ExportRange range,
        CancellationToken cancel
    )
    {
        switch (range)
        {
            case ExportRange.Section(var id):
                var section = await reader.SectionAsync(id, cancel);
                if (section is { FirstSegmentId: { } first, LastSegmentId: { } last })
                {
                    return ([new ExportPart(section, 0, section.Samples, first, last, Joins: false)], null);
                }

                return await reader.SectionPresenceAsync(id, cancel) == Presence.Removed
                    ? ([], new ExportRefusal(ExportRefusalCause.Gone, $"Section {id} is no longer kept."))
                    : ([], new ExportRefusal(ExportRefusalCause.NotFound, $"There is no section {id} with sound."));
            case ExportRange.Times(var times):
                var found = await reader.ResolveAsync(times, cancel);
                var parts = new List<ExportPart>(found.Count);
                foreach (var part in found.Where(p => p.UntilSample > p.FromSample))
                {
                    var joins =
                        parts.Count > 0
                        && part.Section.Continues == parts[^1].Section.Id
                        && part.FromSample == 0
                        && parts[^1].UntilSample == parts[^1].Section.Samples;
                    parts.Add(
                        new ExportPart(part.Section, part.FromSample, part.UntilSample, part.FirstSegmentId, part.LastSegmentId, joins)
                    );
                }

                return parts.Count > 0
                    ? (parts, null)
                    : ([], new ExportRefusal(ExportRefusalCause.NotFound, "Nothing is kept of that time."));
            default:
                throw new ArgumentOutOfRangeException(nameof(range));
        }
    }
}

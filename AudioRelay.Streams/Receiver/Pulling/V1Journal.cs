using System.Globalization;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>What a recorder without a journal would have said of the sections of its segments, so that one projection serves both.</summary>
/// <remarks>
/// The predecessor's section list is not asked for: a section's first segment has its start too, and is what is kept. Its flag
/// <c>is_timestamp_from_source</c> says nothing of sections. A section ends when a segment of a later one arrives, which the store sees.
/// </remarks>
internal static class V1Journal
{
    /// <summary>The rate when a recorder does not say one: that of Opus, and what the predecessor writes for everything else too.</summary>
    private const int UsualRate = 48_000;

    /// <summary>An opening and a start anchor for each section of a pull, with the sequence number 0: the store skips those it knows.</summary>
    /// <param name="show">The source: format and rate.</param>
    /// <param name="segments">In order.</param>
    public static IReadOnlyList<JournalEntry> Of(SourceShow show, IEnumerable<PulledSegment> segments)
    {
        var (rate, frame) = (RateOf(show), FrameOf(show.AudioFormat));
        var entries = new List<JournalEntry>();
        var section = long.MinValue;
        foreach (var segment in segments)
        {
            if (segment.SectionId == section)
            {
                continue;
            }

            section = segment.SectionId;
            var startUs = Times.ToUs(segment.TimestampMs);
            // Its durations count the encoder's delay as sound; with a delay of 0 decode times add up.
            entries.Add(new JournalEntry(0, startUs, new SectionOpened(section, show.AudioFormat, rate, 1, 0, frame)));
            entries.Add(new JournalEntry(0, startUs, new AnchorSet(section, 0, startUs, AnchorCause.Start)));
        }

        return entries;
    }

    private static int RateOf(SourceShow show) =>
        int.TryParse(show.SampleRate, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0 ? rate : UsualRate;

    private static int FrameOf(string format) =>
        format switch
        {
            "opus" => 960,
            "aac" => 1024,
            _ => 1,
        };
}

using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Streams.Tests.Capture;

/// <summary>A section as the sink got it.</summary>
internal sealed class StoredSection(SectionOpened opened)
{
    private WallMap? _map;

    public SectionOpened Opened => opened;

    public List<Anchor> Anchors { get; } = [];

    public List<(long Sample, string Text)> Titles { get; } = [];

    public List<(NewSegment Facts, byte[] Data)> Segments { get; } = [];

    public SectionClosed? Closed { get; set; }

    public long Samples { get; private set; }

    public void Add(NewSegment facts, byte[] data)
    {
        Segments.Add((facts with { Data = default }, data));
        Samples += facts.DurationSamples;
    }

    public byte[] Bytes => [.. Segments.SelectMany(s => s.Data)];

    public WallMap Map => _map is not null && _map.Anchors.Count == Anchors.Count ? _map : _map = new WallMap(opened.Rate, Anchors);

    public UtcRange Range => new(Map.UtcUsAt(0), Map.UtcUsBefore(Samples));

    public SectionInfo Info =>
        new()
        {
            Id = opened.Section,
            StartUs = Range.FromUs,
            StartTimestampMs = Range.FromUs / 1000,
            Codec = opened.Codec,
            AudioFormat = opened.Codec,
            Rate = opened.Rate,
            Channels = opened.Channels,
            EncoderDelay = opened.EncoderDelay,
            FrameSamples = opened.FrameSamples,
            Samples = Samples,
            Segments = Segments.Count,
            EndUs = Range.UntilUs,
            Ended = Closed is not null,
        };
}

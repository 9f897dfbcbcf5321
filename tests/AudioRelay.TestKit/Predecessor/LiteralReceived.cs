namespace AudioRelay.TestKit.Predecessor;

/// <summary>A show in the predecessor's receiver: with its foreign key, and with the checkpoint that a batch moves.</summary>
/// <param name="identity">unique_id, version, audio_format and bitrate of the source.</param>
public sealed class LiteralReceived(string[] identity)
{
    public string UniqueId { get; set; } = identity[0];

    public long? Checkpoint { get; set; }

    /// <summary>Start in ms by id.</summary>
    public Dictionary<long, long> Sections { get; } = [];

    /// <summary>By source id, in the order of their coming.</summary>
    public List<LiteralSegment> Segments { get; } = [];

    internal void Compare(string[] now)
    {
        if (now[0] != UniqueId)
        {
            throw new LiteralException($"Source database mismatch: {UniqueId}, now {now[0]}");
        }

        if (!now.AsSpan(1).SequenceEqual(identity.AsSpan(1)))
        {
            throw new LiteralException($"{string.Join('/', identity[1..])} mismatch: now {string.Join('/', now[1..])}");
        }
    }

    internal void Insert(List<LiteralSegment> batch)
    {
        foreach (var segment in batch)
        {
            if (!Sections.ContainsKey(segment.SectionId))
            {
                throw new LiteralException($"foreign key: segment {segment.Id} is of section {segment.SectionId}, which is not here");
            }

            Segments.Add(segment);
            Checkpoint = segment.Id;
        }
    }
}

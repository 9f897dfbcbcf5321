namespace AudioRelay.TestKit.Predecessor;

/// <summary>A show in a predecessor's store: its metadata, its sections and its segments.</summary>
public sealed class LiteralShow(string name, string uniqueId)
{
    public string Name => name;

    public string UniqueId { get; set; } = uniqueId;

    public string AudioFormat { get; set; } = "opus";

    public string Bitrate { get; set; } = "16";

    public string SampleRate { get; set; } = "48000";

    public string Version { get; set; } = "4";

    public bool IsRecipient { get; set; }

    /// <summary>Listed, and 404 when asked for: a file that no session of the configuration has (B17).</summary>
    public bool IsStale { get; set; }

    /// <summary>Id and start in ms, in any order.</summary>
    public List<(long Id, long StartMs)> Sections { get; } = [];

    /// <summary>In any order.</summary>
    public List<LiteralSegment> Segments { get; } = [];

    /// <summary>A section with segments of two seconds each; ids go on behind the highest there is.</summary>
    public LiteralShow Record(long sectionId, long startMs, int segments, int bytes = 500)
    {
        Sections.Add((sectionId, startMs));
        var first = Segments.Select(s => s.Id).DefaultIfEmpty(0).Max() + 1;
        for (var index = 0; index < segments; index++)
        {
            var audio = new byte[bytes];
            new Random((int)(first + index)).NextBytes(audio);
            Segments.Add(new LiteralSegment(first + index, startMs + (2000L * index), index == 0 ? 1 : 0, sectionId, 96_000, audio));
        }

        return this;
    }
}

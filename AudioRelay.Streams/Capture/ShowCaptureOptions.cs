using System.Text;
using AudioRelay.Media.Codecs;

namespace AudioRelay.Streams.Capture;

/// <summary>How a show is stored.</summary>
public sealed record ShowCaptureOptions
{
    /// <summary>The show's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is stored.</summary>
    public required StoredFormat Format { get; init; }

    /// <summary>Bits per second; 0 for the format's default.</summary>
    public int Bitrate { get; init; }

    /// <summary>Which library decodes.</summary>
    public DecoderChoice Decoder { get; init; }

    /// <summary>Opus complexity.</summary>
    public int Complexity { get; init; } = 7;

    /// <summary>The longest segment; zero for 6 s.</summary>
    public TimeSpan SplitInterval { get; init; }

    /// <summary>After this much sound a section is continued by another, at a segment boundary.</summary>
    public TimeSpan SectionLimit { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What titles are that are not UTF-8; null for Latin-1.</summary>
    public Encoding? TitleCharset { get; init; }

    /// <summary>How long finished segments may wait for the writer before the section ends with <c>writer_fault</c>.</summary>
    public TimeSpan WriterPatience { get; init; } = TimeSpan.FromSeconds(10);
}

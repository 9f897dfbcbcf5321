using System.Text;
using AudioRelay.Media.Codecs;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Host.Config;

/// <summary>One show to record: an entry of <c>[[sessions]]</c>.</summary>
internal sealed record SessionConfig
{
    /// <summary>The station.</summary>
    public required Uri Url { get; init; }

    /// <summary>The show's name, and its file's.</summary>
    public required string Name { get; init; }

    /// <summary>What is stored.</summary>
    public StoredFormat Format { get; init; } = StoredFormat.Opus;

    /// <summary>kbit/s; null: the format's default (Opus 16, AAC 32).</summary>
    public int? BitrateKbps { get; init; }

    /// <summary>Opus complexity.</summary>
    public int Complexity { get; init; } = 7;

    /// <summary>Length of a segment; zero: the default of 6 s.</summary>
    public TimeSpan SplitInterval { get; init; }

    /// <summary>How long sections are kept after their end; null: for ever.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromHours(168);

    /// <summary>The daily window in UTC; equal ends are the whole day.</summary>
    public DailyWindow Window { get; init; } = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>What titles are that are not UTF-8; null: Latin-1.</summary>
    public Encoding? TitleCharset { get; init; }

    /// <summary><c>clock = "station"</c>: the station's Date header is taken for the true time.</summary>
    public bool TrustStationClock { get; init; }

    /// <summary>Which library decodes.</summary>
    public DecoderChoice Decoder { get; init; } = DecoderChoice.Auto;
}

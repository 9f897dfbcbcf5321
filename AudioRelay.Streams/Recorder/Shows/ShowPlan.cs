using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Demands;
using AudioRelay.Streams.Recorder.Stations;

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>One show as it is to be recorded.</summary>
public sealed record ShowPlan
{
    /// <summary>The stream.</summary>
    public required StationKey Station { get; init; }

    /// <summary>How its sound is stored; holds its name.</summary>
    public required ShowCaptureOptions Capture { get; init; }

    /// <summary>When it is wanted.</summary>
    public required IReadOnlyList<DailyWindow> Windows { get; init; }

    /// <summary>How long sections are kept after their end; null for ever.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromHours(168);

    /// <summary>The show's name.</summary>
    public string Name => Capture.Name;
}

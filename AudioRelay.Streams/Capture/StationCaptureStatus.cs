using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture;

/// <summary>What can be told of a station's capture: for the status page and the tests.</summary>
public sealed record StationCaptureStatus
{
    /// <summary>What it is doing.</summary>
    public required StationCaptureState State { get; init; }

    /// <summary>What its frames are; null before the first.</summary>
    public FrameFormat? Format { get; init; }

    /// <summary>Frames that were handed to the shows.</summary>
    public long Frames { get; init; }

    /// <summary>Bytes that were no audio.</summary>
    public long SkippedBytes { get; init; }

    /// <summary>Connections that continued the section.</summary>
    public long Splices { get; init; }

    /// <summary>Connections that did not.</summary>
    public long Breaks { get; init; }

    /// <summary>Frames dropped because they had been recorded before.</summary>
    public long RepeatedFrames { get; init; }

    /// <summary>Frames dropped in front of a repeat: pre-roll of a dial.</summary>
    public long PrerollFrames { get; init; }

    /// <summary>Frames dropped because the section before them already covers their time.</summary>
    public long OverlapFrames { get; init; }

    /// <summary>How much old sound the newest connection began with, in µs.</summary>
    public long BurstUs { get; init; }

    /// <summary>How far the station's Date header is from our clock, in µs; null when it sends none.</summary>
    public long? StationClockAheadUs { get; init; }

    /// <summary>True when that is more than 2 s.</summary>
    public bool ClockDisagrees { get; init; }

    /// <summary>The newest title as it came in, before a show's charset; null before the first.</summary>
    public string? Title { get; init; }
}

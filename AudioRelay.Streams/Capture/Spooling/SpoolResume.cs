using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Where another process left off, so that this one can go on at the next sample if the station replays enough.</summary>
public sealed record SpoolResume
{
    /// <summary>What the station's frames were.</summary>
    public required FrameFormat Format { get; init; }

    /// <summary>The hashes of the last frames, oldest first.</summary>
    public required IReadOnlyList<ulong> Hashes { get; init; }

    /// <summary>When the last of these frames ended, UTC µs.</summary>
    public required long SourceEndUs { get; init; }

    /// <summary>When the last stored sample ended, UTC µs.</summary>
    public required long StoredEndUs { get; init; }

    /// <summary>Samples, at <see cref="Rate"/>, that were in these frames and not yet in a packet.</summary>
    public required long Unstored { get; init; }

    /// <summary>The stored rate.</summary>
    public required int Rate { get; init; }
}

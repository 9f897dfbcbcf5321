namespace AudioRelay.Streams.Capture;

/// <summary>What a station's capture is doing.</summary>
public enum StationCaptureState
{
    /// <summary>Nothing is open and nothing waits to be continued.</summary>
    Idle,

    /// <summary>A connection is being listened to, to learn whether it continues what was recorded and how long its burst is.</summary>
    Deciding,

    /// <summary>Frames go to the shows as they come.</summary>
    Live,

    /// <summary>The line is gone; decoders and encoders wait for a connection that continues it.</summary>
    Suspended,
}

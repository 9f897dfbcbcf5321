namespace AudioRelay.Storage;

/// <summary>Why a section ended: a gap's cause (same values), or one of the ends that leave no gap.</summary>
public enum EndCause
{
    /// <inheritdoc cref="GapCause.ConnectFailed"/>
    ConnectFailed = GapCause.ConnectFailed,

    /// <inheritdoc cref="GapCause.HttpStatus"/>
    HttpStatus = GapCause.HttpStatus,

    /// <inheritdoc cref="GapCause.WrongContent"/>
    WrongContent = GapCause.WrongContent,

    /// <inheritdoc cref="GapCause.Disconnected"/>
    Disconnected = GapCause.Disconnected,

    /// <inheritdoc cref="GapCause.Silent"/>
    Silent = GapCause.Silent,

    /// <inheritdoc cref="GapCause.Stalled"/>
    Stalled = GapCause.Stalled,

    /// <inheritdoc cref="GapCause.NoAudio"/>
    NoAudio = GapCause.NoAudio,

    /// <inheritdoc cref="GapCause.DiskFull"/>
    DiskFull = GapCause.DiskFull,

    /// <inheritdoc cref="GapCause.WriterFault"/>
    WriterFault = GapCause.WriterFault,

    /// <inheritdoc cref="GapCause.FormatChange"/>
    FormatChange = GapCause.FormatChange,

    /// <inheritdoc cref="GapCause.Overlap"/>
    Overlap = GapCause.Overlap,

    /// <inheritdoc cref="GapCause.ClockStep"/>
    ClockStep = GapCause.ClockStep,

    /// <inheritdoc cref="GapCause.StoppedByUser"/>
    StoppedByUser = GapCause.StoppedByUser,

    /// <inheritdoc cref="GapCause.NotRunning"/>
    NotRunning = GapCause.NotRunning,

    /// <inheritdoc cref="GapCause.HostAsleep"/>
    HostAsleep = GapCause.HostAsleep,

    /// <summary>Only at a receiver: the rest was gone at the recorder before it was pulled, so the section ends with what is here.</summary>
    PurgedOnRecorder = GapCause.PurgedOnRecorder,

    /// <summary>The window ended.</summary>
    WindowEnd = 101,

    /// <summary>Cut after 24 h; the next section continues with the next sample.</summary>
    Continued = 102,
}

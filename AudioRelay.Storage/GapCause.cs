namespace AudioRelay.Storage;

/// <summary>Why a wanted stretch was not recorded. Stored and sent by name, so members are only ever added; there is no "unknown".</summary>
public enum GapCause
{
    /// <summary>The station could not be reached.</summary>
    ConnectFailed = 1,

    /// <summary>The station answered with an HTTP error.</summary>
    HttpStatus = 2,

    /// <summary>The station answered with something that is not audio we read.</summary>
    WrongContent = 3,

    /// <summary>The station closed the connection.</summary>
    Disconnected = 4,

    /// <summary>The connection stood and no bytes came.</summary>
    Silent = 5,

    /// <summary>Bytes came slower than the sound they hold.</summary>
    Stalled = 6,

    /// <summary>Bytes came that held no audio frames.</summary>
    NoAudio = 7,

    /// <summary>The disk was full.</summary>
    DiskFull = 8,

    /// <summary>The store could not write for another reason.</summary>
    WriterFault = 9,

    /// <summary>The stream changed its format.</summary>
    FormatChange = 10,

    /// <summary>Sound was dropped because the section before already covers its time.</summary>
    Overlap = 11,

    /// <summary>The recorder's clock was set.</summary>
    ClockStep = 12,

    /// <summary>A person stopped it.</summary>
    StoppedByUser = 13,

    /// <summary>The recorder was not running.</summary>
    NotRunning = 14,

    /// <summary>The machine slept.</summary>
    HostAsleep = 15,

    /// <summary>It was recorded, and retention removed it on the recorder.</summary>
    PurgedOnRecorder = 16,
}

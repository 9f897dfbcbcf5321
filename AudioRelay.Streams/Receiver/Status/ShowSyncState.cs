namespace AudioRelay.Streams.Receiver.Status;

/// <summary>What a show's sync is doing, or why it does not go on. A closed list: each has its paragraph in the operator's page.</summary>
public enum ShowSyncState
{
    /// <summary>The store is being opened or created.</summary>
    Starting = 0,

    /// <summary>Everything the recorder has is here.</summary>
    UpToDate = 1,

    /// <summary>Segments are being pulled.</summary>
    Pulling = 2,

    /// <summary>There is something to pull, and other shows are being served first.</summary>
    Queued = 3,

    /// <summary>The recorder does not answer; tried again by itself.</summary>
    RecorderAway = 4,

    /// <summary>The recorder answers and does not offer the show (yet, or no more); asked again by itself.</summary>
    NotOffered = 5,

    /// <summary>The recorder refuses the token, or wants one: mend <c>remote_token_profile</c>.</summary>
    TokenRefused = 6,

    /// <summary>What answers at the address is not a recorder: mend the URL.</summary>
    NotARecorder = 7,

    /// <summary>The recorder's store is another one than before: <c>audiorelay replace-source</c> goes on with it.</summary>
    SourceReplaced = 8,

    /// <summary>The show has another format or bitrate at the recorder than here: receive it under another name.</summary>
    FormatChanged = 9,

    /// <summary>What the recorder sent was damaged or cannot be right; asked again by itself.</summary>
    BadData = 10,

    /// <summary>Another receiver has claimed the show.</summary>
    Fenced = 11,

    /// <summary>The store's disk is full; goes on when there is room.</summary>
    DiskFull = 12,

    /// <summary>The store cannot be reached or written; tried again by itself.</summary>
    StoreFault = 13,
}

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>What a record of a spool says. Stored: members are only ever added.</summary>
internal enum SpoolRecordKind : byte
{
    /// <summary>The section that what follows belongs to.</summary>
    Section = 1,

    /// <summary>Hashes of frames whose packets are committed.</summary>
    History = 2,

    /// <summary>An anchor that is committed already, or part of one that is; needed to tell the time.</summary>
    KnownAnchor = 3,

    /// <summary>An anchor that is to be journaled.</summary>
    Anchor = 4,

    /// <summary>A title that is to be journaled.</summary>
    Title = 5,

    /// <summary>Packets, and the hashes of the frames that were taken in since the chunk before.</summary>
    Chunk = 6,

    /// <summary>The section was flushed and is complete.</summary>
    End = 7,
}

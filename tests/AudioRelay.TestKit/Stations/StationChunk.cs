namespace AudioRelay.TestKit.Stations;

/// <summary>How a connection ends.</summary>
public enum StationEnd
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>A clean end of the stream.</summary>
    Closed,

    /// <summary>A TCP reset.</summary>
    Reset,
}

/// <summary>Bytes that arrive together, or the end of the connection.</summary>
public readonly record struct StationChunk(long AtUs, ReadOnlyMemory<byte> Bytes, StationEnd End = StationEnd.None);

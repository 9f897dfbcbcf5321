namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>Why a dial brought no stream. A closed list: the journal, the log and the retry rule read the same value.</summary>
public enum DialFault
{
    /// <summary>No connection: name not found, refused, unreachable, TLS refused, or nothing within the time limit.</summary>
    ConnectFailed,

    /// <summary>An answer with a status other than success. 404 is weather: an Icecast mount answers so while its source is away.</summary>
    HttpStatus,

    /// <summary>An answer that is not an MP3 or AAC stream, nor a playlist that leads to one.</summary>
    WrongContent,
}

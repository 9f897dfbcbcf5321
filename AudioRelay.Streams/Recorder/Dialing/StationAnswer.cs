namespace AudioRelay.Streams.Recorder.Dialing;

/// <summary>An open stream and what its headers say.</summary>
/// <param name="Body">The bytes, ICY metadata interleaved when <paramref name="MetaInterval"/> is above 0. Disposing it closes the connection.</param>
/// <param name="Content"><see cref="StationContent.Mp3"/>, <see cref="StationContent.Aac"/> or <see cref="StationContent.Unsaid"/>.</param>
/// <param name="MetaInterval">Bytes between two metadata blocks (<c>icy-metaint</c>); 0 when there are none.</param>
/// <param name="Date">The answer's Date header, whole seconds; null when missing or unreadable.</param>
/// <param name="Name">The station's name for itself (<c>icy-name</c>); null when unsaid.</param>
/// <param name="Address">Where the stream was found after redirects and playlists.</param>
public sealed record StationAnswer(Stream Body, StationContent Content, int MetaInterval, DateTimeOffset? Date, string? Name, Uri Address)
    : IAsyncDisposable
{
    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}

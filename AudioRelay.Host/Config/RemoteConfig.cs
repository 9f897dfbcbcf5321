namespace AudioRelay.Host.Config;

/// <summary>A recorder that a receiver pulls from.</summary>
internal sealed record RemoteConfig
{
    /// <summary>Its name here; the prefix of shows whose names several recorders have.</summary>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    public required Uri Url { get; init; }

    /// <summary>Profile of the token that is sent to it; null: none.</summary>
    public string? TokenProfile { get; init; }

    /// <summary>Send the token even over plain HTTP to a public address.</summary>
    public bool InsecureRemote { get; init; }
}

namespace AudioRelay.Streams.Sync.Client;

/// <summary>Where a recorder is and how one speaks to it.</summary>
/// <param name="Url">Its address, http or https; may be below a path. User info, query and fragment are not used.</param>
public sealed record RecorderClientOptions(Uri Url)
{
    /// <summary>Sent as <c>Authorization: Bearer</c>; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Send the token even over plain HTTP to a public address (<c>insecure_remote</c>).</summary>
    public bool InsecureRemote { get; init; }

    /// <summary>How we name ourselves.</summary>
    public string UserAgent { get; init; } = "AudioRelay";

    /// <inheritdoc/>
    public override string ToString() => $"recorder at {RecorderFailure.Shown(Url)}"; // never the token
}

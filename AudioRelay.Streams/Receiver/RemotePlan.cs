namespace AudioRelay.Streams.Receiver;

/// <summary>A recorder to pull from.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Url">Its address; may be below a path.</param>
/// <param name="Token">Sent as <c>Authorization: Bearer</c>; null for none.</param>
/// <param name="Shows">The wanted shows by their names there; null for all it offers.</param>
public sealed record RemotePlan(string Name, Uri Url, string? Token, IReadOnlyList<WantedShow>? Shows)
{
    /// <summary>Send the token even over plain HTTP to a public address (<c>insecure_remote</c>).</summary>
    public bool InsecureRemote { get; init; }

    /// <summary>True for a show that is wanted, by its name there.</summary>
    public bool Wants(string show) => Shows is null || Shows.Any(wanted => wanted.Name == show);

    /// <inheritdoc/>
    public override string ToString() => $"recorder {Name}";
}

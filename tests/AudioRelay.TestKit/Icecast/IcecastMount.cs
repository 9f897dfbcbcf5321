namespace AudioRelay.TestKit.Icecast;

/// <summary>A mount of an <see cref="IcecastServer"/> that has settings of its own.</summary>
/// <param name="Path">Beginning with a slash.</param>
public sealed record IcecastMount(string Path)
{
    /// <summary>Bytes that a new listener gets at once; null for the server's 65,535.</summary>
    public int? BurstBytes { get; init; }

    /// <summary>What titles are in; Icecast takes Latin-1 unless told.</summary>
    public string Charset { get; init; } = "UTF-8";

    /// <summary>The mount that listeners are moved to when the source goes away, and back from when it returns.</summary>
    public string? Fallback { get; init; }

    internal string ToXml() =>
        $"""
            <mount type="normal">
              <mount-name>{Path}</mount-name>
              <charset>{Charset}</charset>
              {(BurstBytes is { } burst ? $"<burst-size>{burst}</burst-size>" : "")}
              {(Fallback is null ? "" : $"<fallback-mount>{Fallback}</fallback-mount><fallback-override>1</fallback-override>")}
            </mount>
            """;
}

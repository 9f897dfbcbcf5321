using AudioRelay.Storage;

namespace AudioRelay.Http.Shows;

/// <summary>A show that can be asked for by name.</summary>
/// <param name="Name">As in URLs and lists.</param>
/// <param name="Reader">Its store; owned by the catalog.</param>
/// <param name="DatabaseFile">The file's name without its folder, as the sync protocol lists it; null when it is not a file.</param>
/// <param name="TargetSeconds">
/// The length its segments aim at, from the configuration: growing playlists promise it. Null when that is not here: then a received store may
/// know what its recorder said (<see cref="ShowInfo.TargetSeconds"/>), and else it is taken from the segments.
/// </param>
public sealed record ServedShow(string Name, IShowReader Reader, string? DatabaseFile, int? TargetSeconds = null)
{
    /// <summary>The <c>unique_id</c> of the recorder's store that a received show comes from; null for a show that is recorded here.</summary>
    public string? Source { get; init; }

    /// <summary>That, and those it came from before its source was replaced; empty for a show that is recorded here.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];
}

namespace AudioRelay.Streams.Recorder.Shows;

/// <summary>The shows that are recorded now. Written by their parent, read from anywhere.</summary>
public sealed class ShowRoster
{
    private volatile IReadOnlyList<ShowRecording> _shows = [];

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<ShowRecording> Shows => _shows;

    /// <summary>Failed shows that are to be opened again, by name. For their parent only.</summary>
    internal Dictionary<string, ShowPlan> Failed { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why each of them could not be opened the last time, so that it is told once. For their parent only.</summary>
    internal Dictionary<string, string?> Reasons { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal void Set(IEnumerable<ShowRecording> shows) => _shows = [.. shows.OrderBy(s => s.Plan.Name, StringComparer.Ordinal)];
}

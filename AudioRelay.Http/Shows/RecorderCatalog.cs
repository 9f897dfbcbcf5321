using AudioRelay.Streams.Recorder;
using AudioRelay.Streams.Recorder.Shows;

namespace AudioRelay.Http.Shows;

/// <summary>The shows of a running recorder.</summary>
/// <param name="recorder">The recorder; shows come and go with it.</param>
public sealed class RecorderCatalog(RecorderService recorder) : IShowCatalog
{
    /// <summary>What a show without an interval is cut into.</summary>
    private const int UnsplitSeconds = 6;

    /// <inheritdoc/>
    public string Mode => ShowModes.Record;

    /// <inheritdoc/>
    public IReadOnlyList<ServedShow> Shows => [.. recorder.Shows.Select(Serve)];

    /// <inheritdoc/>
    public ServedShow? Find(string name) =>
        recorder.Shows.FirstOrDefault(s => string.Equals(s.Plan.Name, name, StringComparison.Ordinal)) is { } found ? Serve(found) : null;

    private static ServedShow Serve(ShowRecording show) =>
        new(show.Plan.Name, show.Reader, Path.GetFileName(show.Path), TargetOf(show.Plan.Capture.SplitInterval));

    /// <summary>Segments are cut at the first frame at or after the interval, so rounded to seconds they are as long as it says.</summary>
    private static int TargetOf(TimeSpan split) => split > TimeSpan.Zero ? (int)Math.Round(split.TotalSeconds) : UnsplitSeconds;
}

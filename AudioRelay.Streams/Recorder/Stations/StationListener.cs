using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>A show that listens to a station.</summary>
/// <param name="Show">Gets the frames.</param>
/// <param name="Report">Gets the station's trouble, for the show's journal. Must be quick and may not throw.</param>
/// <param name="Failed">Its capture is broken and hears nothing any more. Must be quick and may not throw.</param>
public sealed record StationListener(ShowCapture Show, Action<Trouble> Report, Action<Exception> Failed);

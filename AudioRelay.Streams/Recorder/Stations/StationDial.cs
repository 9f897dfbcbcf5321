using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>Opens a station's stream; see <see cref="StationDialer.Dial"/>.</summary>
public delegate Task<StationAnswer> StationDial(Uri address, CancellationToken token);

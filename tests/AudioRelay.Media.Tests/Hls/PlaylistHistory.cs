using AudioRelay.Media.Hls;

namespace AudioRelay.Media.Tests.Hls;

/// <summary>A show that records with reconnects, changes of rate, jumps of the clock and a station clock that is a little wrong.</summary>
internal sealed class PlaylistHistory
{
    private static readonly string[] Maps = ["init-a.mp4", "init-b.mp4"];
    private readonly Random _random;
    private long _era;
    private long _firstSample;
    private long _wallUs = 1_790_000_000_000_000;
    private int _rate = 48000;
    private string _map = Maps[0];

    public PlaylistHistory(int seed) => _random = new Random(seed);

    public List<PlaylistEntry> Entries { get; } = [];

    public void Grow()
    {
        if (Entries.Count > 0 && _random.Next(12) == 0)
        {
            _era++;
            _firstSample = 0;
            _rate = _random.Next(3) == 0 ? 44100 : 48000;
            _map = Maps[_random.Next(2)];
            _wallUs += _random.NextInt64(0, 400_000_000);
        }
        else if (_random.Next(30) == 0)
        {
            _wallUs += 3_000_000; // the station stalled: the map jumps inside the section
        }

        var samples = _random.Next(10) == 0 ? _random.Next(1, 6 * _rate) : 6 * _rate;
        Entries.Add(new PlaylistEntry(Entries.Count + 1, _firstSample, samples, _rate, _era, _wallUs, _map));
        _firstSample += samples;
        _wallUs += (samples * 1_000_000L / _rate) + _random.Next(-600, 600);
    }
}

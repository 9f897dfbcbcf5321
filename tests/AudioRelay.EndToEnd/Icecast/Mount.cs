using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Icecast;

/// <summary>A mount of the test's Icecast, and what is sent to it.</summary>
/// <param name="name">Its path without the slash.</param>
/// <param name="contentType">As its source says.</param>
/// <param name="sound">What is sent.</param>
/// <param name="ffmpegFormat">How ffmpeg reads it.</param>
internal sealed class Mount(string name, string contentType, IFrameSource sound, string ffmpegFormat)
{
    public string Name => name;

    public string ContentType => contentType;

    public IFrameSource Sound => sound;

    public string FfmpegFormat => ffmpegFormat;

    public string Path => "/" + Name;

    /// <summary>What reached the recorder.</summary>
    public byte[] Tapped { get; set; } = [];

    /// <summary>The whole frames in what reached the recorder; it may begin and end inside a frame.</summary>
    /// <param name="sent">How many frames were sent.</param>
    public byte[] WholeFrames(long sent)
    {
        var all = Enumerable.Range(0, (int)sent).SelectMany(index => Sound.FrameAt(index)).ToArray();
        var end = all.AsSpan().LastIndexOf(Tapped.AsSpan(Tapped.Length - 2000)) + 2000;
        var start = end - Tapped.Length;
        Assert.True(
            start >= 0 && all.AsSpan(start, Tapped.Length).SequenceEqual(Tapped),
            "what was tapped is not a piece of what was sent"
        );
        var (first, last, at) = (-1, -1, 0);
        for (var index = 0; index < sent; index++)
        {
            var next = at + Sound.FrameAt(index).Length;
            first = first < 0 && at >= start ? at : first;
            last = next <= end ? next : last;
            at = next;
        }

        return all[first..last];
    }

    /// <summary>When the first sample went on the air, and when the sound sent after <see cref="IcecastRecording.Before"/> did; UTC µs.</summary>
    public (long FirstUs, long ThenUs) OnAir { get; set; }

    /// <summary>When a moment of the sound was on the air.</summary>
    public long AirUs(double seconds, double before) =>
        seconds < before ? OnAir.FirstUs + (long)(seconds * 1e6) : OnAir.ThenUs + (long)((seconds - before) * 1e6);

    public long Frames(double seconds) => (long)(seconds * Sound.Format.SampleRate / Sound.Format.SamplesPerFrame);
}

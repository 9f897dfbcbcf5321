using AudioRelay.Media.Codecs;

namespace AudioRelay.Host.Demo;

/// <summary>The demo station's whole programme as ADTS frames, computed at start.</summary>
internal sealed class DemoProgramme : IPacketSink
{
    /// <summary>Samples in a frame.</summary>
    public const int FrameSamples = 1024;

    private const int Bitrate = 96_000;
    private readonly List<byte[]> _frames = [];

    private DemoProgramme() { }

    /// <summary>The frames, in order; after the last the programme begins again.</summary>
    public IReadOnlyList<byte[]> Frames => _frames;

    /// <summary>Renders and encodes the programme; measured at about one second.</summary>
    /// <exception cref="MissingLibraryException">vo-aacenc is not here.</exception>
    public static DemoProgramme Create(CodecCatalog codecs)
    {
        var programme = new DemoProgramme();
        using var encoder = codecs.OpenAacEncoder(Bitrate, DemoSound.SampleRate);
        var track = new float[DemoSound.SampleRate * DemoSound.TrackSeconds];
        foreach (var each in DemoTrack.Programme)
        {
            DemoSound.Render(each, track);
            encoder.Encode(track, programme);
        }

        return programme;
    }

    /// <summary>What is announced while the frame plays.</summary>
    /// <param name="frame">Any number from 0.</param>
    public string TitleAt(long frame)
    {
        var second = frame % _frames.Count * FrameSamples / DemoSound.SampleRate;
        return DemoTrack.Programme[(int)(second / DemoSound.TrackSeconds) % DemoTrack.Programme.Count].Title;
    }

    /// <inheritdoc/>
    void IPacketSink.OnPacket(ReadOnlySpan<byte> packet, int samples) => _frames.Add(packet.ToArray());
}

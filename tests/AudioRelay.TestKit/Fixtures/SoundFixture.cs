using AudioRelay.Media.Framing;

namespace AudioRelay.TestKit.Fixtures;

/// <summary>A small committed sound of our own: <c>tests/fixtures</c>, made by <c>make.sh</c> beside them. Whole frames only, no tags.</summary>
public sealed class SoundFixture
{
    private SoundFixture(string name, string contentType)
    {
        Name = name;
        ContentType = contentType;
        using var stream =
            typeof(SoundFixture).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The fixture {name} is not in the test kit.");
        Bytes = new byte[stream.Length];
        stream.ReadExactly(Bytes);
        (Frames, Format) = FrameList.Of(Bytes);
    }

    /// <summary>MP3, 128 kbit/s, 44.1 kHz stereo, 6 s: music with bright ticks, speech from the third second.</summary>
    public static SoundFixture Mp3 { get; } = new("mix-128k.mp3", "audio/mpeg");

    /// <summary>MP3, 64 kbit/s, 48 kHz mono, 3 s: the same sound in another format, for changes in mid-stream.</summary>
    public static SoundFixture Mp3Mono48 { get; } = new("mix-64k-48000-mono.mp3", "audio/mpeg");

    /// <summary>MP3 as scanners send it: MPEG-2.5, 16 kbit/s, 8 kHz mono, 4 s of speech.</summary>
    public static SoundFixture Mp3Scanner { get; } = new("speech-16k-8000-mono.mp3", "audio/mpeg");

    /// <summary>AAC-LC, 96 kbit/s, 44.1 kHz stereo, 6 s.</summary>
    public static SoundFixture AacLc { get; } = new("mix-96k-lc.aac", "audio/aac");

    /// <summary>HE-AAC v1, 48 kbit/s, 44.1 kHz stereo from a 22.05 kHz core, 8 s, with energy above 12 kHz.</summary>
    public static SoundFixture HeAac { get; } = new("mix-48k-he.aac", "audio/aacp");

    /// <summary>HE-AAC v2, 32 kbit/s, 44.1 kHz stereo from a mono 22.05 kHz core, 8 s, with energy above 12 kHz.</summary>
    public static SoundFixture HeAacV2 { get; } = new("mix-32k-hev2.aac", "audio/aacp");

    public static IReadOnlyList<SoundFixture> All { get; } = [Mp3, Mp3Mono48, Mp3Scanner, AacLc, HeAac, HeAacV2];

    public string Name { get; }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    public IReadOnlyList<byte[]> Frames { get; }

    public FrameFormat Format { get; }

    /// <summary>How long it sounds, counted in frames.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Frames.Count * Format.SamplesPerFrame / Format.SampleRate);

    public override string ToString() => Name;
}

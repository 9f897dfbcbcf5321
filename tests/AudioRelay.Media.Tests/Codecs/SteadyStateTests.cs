using AudioRelay.Media.Codecs;
using AudioRelay.Media.Codecs.Resampling;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class SteadyStateTests
{
    public static TheoryData<string, DecoderChoice, int> Chains { get; } =
        new()
        {
            { SoundFixture.Mp3.Name, DecoderChoice.Small, 48000 },
            { SoundFixture.Mp3.Name, DecoderChoice.Libavcodec, 48000 },
            { SoundFixture.AacLc.Name, DecoderChoice.Small, 16000 },
            { SoundFixture.HeAacV2.Name, DecoderChoice.Small, 48000 },
            { SoundFixture.HeAacV2.Name, DecoderChoice.Libavcodec, 44100 },
        };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Sound_goes_through_without_any_allocation(string name, DecoderChoice choice, int outputRate)
    {
        var fixture = SoundFixture.All.Single(f => f.Name == name);
        var codecs = new CodecCatalog([]);
        using var decoder = codecs.OpenDecoder(fixture.Format.Codec, choice);
        using var encoder = outputRate switch
        {
            48000 => codecs.OpenOpusEncoder(complexity: 0),
            16000 => codecs.OpenAacEncoder(),
            _ => CodecCatalog.OpenWavEncoder(outputRate),
        };
        var mono = new MonoMix();
        var resampler = new Resampler(44100, outputRate);
        var sink = new CountingSink();

        // The first frames fill buffers.
        RunFrames(20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunFrames(fixture.Frames.Count);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(sink.Packets > 100);
        Assert.Equal(0, allocated);

        void RunFrames(int count)
        {
            for (var i = 0; i < count; i++)
                encoder.Encode(resampler.Process(mono.Mix(decoder.Decode(fixture.Frames[i]))), sink);
        }
    }

    private sealed class CountingSink : IPacketSink
    {
        public int Packets { get; private set; }

        public void OnPacket(ReadOnlySpan<byte> packet, int samples) => Packets++;
    }
}

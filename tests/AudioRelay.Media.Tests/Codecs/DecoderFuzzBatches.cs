using System.Runtime.InteropServices;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Fuzzing;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>What <see cref="DecoderFuzzTests"/> runs in child processes: explicit, so that nothing else runs it.</summary>
public sealed class DecoderFuzzBatches
{
    private const int WindowBytes = 3_000;
    private const int CleanFrames = 8;

    private static readonly CodecCatalog Codecs = new([]);
    private static readonly SoundFixture[] Mp3 = [SoundFixture.Mp3, SoundFixture.Mp3Mono48, SoundFixture.Mp3Scanner];
    private static readonly SoundFixture[] Aac = [SoundFixture.AacLc, SoundFixture.HeAac, SoundFixture.HeAacV2];

    [Fact(Explicit = true)]
    public void Mpg123() => Run(SourceCodec.Mp3, DecoderChoice.Small, Mp3);

    [Fact(Explicit = true)]
    public void Faad() => Run(SourceCodec.Aac, DecoderChoice.Small, Aac);

    [Fact(Explicit = true)]
    public void Libavcodec_with_MP3() => Run(SourceCodec.Mp3, DecoderChoice.Libavcodec, Mp3);

    [Fact(Explicit = true)]
    public void Libavcodec_with_AAC() => Run(SourceCodec.Aac, DecoderChoice.Libavcodec, Aac);

    [Fact(Explicit = true)]
    public void A_fault_in_native_code()
    {
        Console.Error.WriteLine("case 42");
        Marshal.WriteByte(8, 0);
    }

    private static void Run(SourceCodec codec, DecoderChoice choice, SoundFixture[] fixtures)
    {
        try
        {
            FuzzRun.Each(seed => RunCase(seed, codec, choice, fixtures));
        }
        catch (InvalidOperationException error)
        {
            // Standard error is what the parent shows.
            Console.Error.WriteLine(error.Message);
            throw;
        }
    }

    private static void RunCase(int seed, SourceCodec codec, DecoderChoice choice, SoundFixture[] fixtures)
    {
        // The last line is what is known when the process dies.
        Console.Error.WriteLine($"case {seed}");
        var chance = new Random(seed);
        var mutator = new Mutator(chance, [.. fixtures.Select(f => f.Bytes)]);
        var fixture = fixtures[chance.Next(fixtures.Length)];
        using var decoder = Codecs.OpenDecoder(codec, choice, mono: chance.Next(2) == 0);
        var judge = new SoundJudge(decoder);
        var splitter = new FrameSplitter(judge, codec);
        splitter.Feed(mutator.Mutate(mutator.Window(fixture.Bytes, WindowBytes)));
        splitter.Flush();

        var from = chance.Next(fixture.Frames.Count - CleanFrames);
        foreach (var frame in fixture.Frames.Skip(from).Take(CleanFrames))
            judge.Decode(frame);
        Assert.True(judge.LastWasSound, $"silence after {CleanFrames} clean frames of {fixture} from {from} on");
    }

    /// <summary>Decodes what it is given and looks at every sample.</summary>
    private sealed class SoundJudge(GuardedDecoder decoder) : IFrameSink
    {
        public bool LastWasSound { get; private set; }

        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame) => Decode(frame);

        public void Decode(ReadOnlySpan<byte> frame)
        {
            var audio = decoder.Decode(frame);
            var energy = 0.0;
            foreach (var sample in audio.Interleaved)
            {
                if (!(Math.Abs(sample) <= 4))
                    Assert.Fail($"a sample of {sample}");
                energy += sample * sample;
            }
            if (!audio.IsEmpty && (audio.SampleRate is < 8000 or > 96000 || audio.Channels is < 1 or > 2))
                Assert.Fail($"{audio.SampleRate} Hz, {audio.Channels} channels");
            LastWasSound = energy > 0;
        }
    }
}

using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class GuardedDecoderTests : IDisposable
{
    private readonly List<ScriptedDecoder> _opened = [];
    private readonly GuardedDecoder _decoder;

    public GuardedDecoderTests() => _decoder = new GuardedDecoder(Open);

    public void Dispose() => _decoder.Dispose();

    [Theory]
    [InlineData(ScriptedDecoder.NotANumber)]
    [InlineData(ScriptedDecoder.Infinite)]
    [InlineData(ScriptedDecoder.Huge)]
    [InlineData(ScriptedDecoder.Refused)]
    [InlineData(ScriptedDecoder.NoRate)]
    [InlineData(ScriptedDecoder.EightChannels)]
    [InlineData(ScriptedDecoder.Nothing)]
    public void A_bad_frame_becomes_silence_of_its_length(byte bad)
    {
        Decode(ScriptedDecoder.Good);
        var audio = _decoder.Decode([bad]);

        Assert.Equal((44100, 2, ScriptedDecoder.Samples), (audio.SampleRate, audio.Channels, audio.Samples));
        Assert.False(audio.Interleaved.ContainsAnyExcept(0f));
        Assert.Equal(bad == ScriptedDecoder.Nothing ? 0 : 1, _decoder.BadFrames);
        Assert.False(_decoder.Decode([ScriptedDecoder.Good]).Interleaved.ContainsAnyExcept(0.5f));
    }

    [Theory]
    [InlineData(ScriptedDecoder.NotANumber, 3)]
    [InlineData(ScriptedDecoder.Huge, 3)]
    [InlineData(ScriptedDecoder.Refused, 5)]
    public void So_many_in_a_row_close_it_and_open_it_again(byte bad, int row)
    {
        Decode(ScriptedDecoder.Good);
        for (var i = 0; i < row - 1; i++)
            Decode(bad);
        Decode(ScriptedDecoder.Good);
        for (var i = 0; i < row - 1; i++)
            Decode(bad);
        Assert.Single(_opened);

        Decode(bad);

        Assert.Equal((2, 1), (_opened.Count, _decoder.Reopened));
        Assert.True(_opened[0].IsDisposed);
        Assert.False(_opened[1].IsDisposed);
    }

    [Fact]
    public void One_frame_of_another_rate_is_damage_and_two_are_a_new_rate()
    {
        Decode(ScriptedDecoder.Good);
        foreach (var stray in new[] { ScriptedDecoder.OtherRate, ScriptedDecoder.ThirdRate, ScriptedDecoder.OtherRate })
        {
            var silence = _decoder.Decode([stray]);
            Assert.Equal((44100, ScriptedDecoder.Samples), (silence.SampleRate, silence.Samples));
            Assert.False(silence.Interleaved.ContainsAnyExcept(0f));
        }
        Assert.Equal(44100, _decoder.Decode([ScriptedDecoder.Good]).SampleRate);

        Assert.Equal(44100, _decoder.Decode([ScriptedDecoder.OtherRate]).SampleRate);
        var audio = _decoder.Decode([ScriptedDecoder.OtherRate]);
        Assert.Equal((22050, ScriptedDecoder.Samples / 2), (audio.SampleRate, audio.Samples));
        Assert.Single(_opened);
    }

    [Fact]
    public void Frames_that_gave_nothing_before_the_first_sound_are_made_up_for()
    {
        Assert.True(_decoder.Decode([ScriptedDecoder.Nothing]).IsEmpty);
        Assert.True(_decoder.Decode([ScriptedDecoder.Refused]).IsEmpty);
        var audio = _decoder.Decode([ScriptedDecoder.Good]);

        Assert.Equal(3 * ScriptedDecoder.Samples, audio.Samples);
        Assert.False(audio.Interleaved[..(4 * ScriptedDecoder.Samples)].ContainsAnyExcept(0f));
        Assert.False(audio.Interleaved[(4 * ScriptedDecoder.Samples)..].ContainsAnyExcept(0.5f));
    }

    [Fact]
    public void A_stream_of_nothing_but_garbage_owes_no_more_than_a_moment()
    {
        for (var i = 0; i < 10_000; i++)
            Decode(ScriptedDecoder.Refused);

        Assert.InRange(_decoder.Decode([ScriptedDecoder.Good]).Samples, ScriptedDecoder.Samples, 20 * ScriptedDecoder.Samples);
        Assert.Equal(2_000, _decoder.Reopened);
    }

    [Theory]
    [InlineData(DecoderChoice.Small)]
    [InlineData(DecoderChoice.Libavcodec)]
    public void After_damage_HE_AAC_sounds_again_and_never_left_the_bounds(DecoderChoice choice)
    {
        var fixture = SoundFixture.HeAacV2;
        var random = new Random(11);
        var bad = 0L;
        for (var round = 0; round < 40; round++)
        {
            using var decoder = new CodecCatalog([]).OpenDecoder(SourceCodec.Aac, choice, mono: false);
            var seconds = 0.0;
            var energy = 0.0;
            foreach (var frame in fixture.Frames.Take(20).Concat(fixture.Frames.Skip(20).Take(20).Select(f => Damage(f, random))))
                seconds += CheckedSeconds(decoder.Decode(frame), out _);
            foreach (var frame in fixture.Frames.Skip(40).Take(40))
            {
                seconds += CheckedSeconds(decoder.Decode(frame), out var loud);
                energy = loud;
            }

            bad += decoder.BadFrames;
            Assert.InRange(energy, 1e-6, 4);
            Assert.Equal(80 * 2048 / 44100.0, seconds, 6);
        }
        Assert.NotEqual(0, bad);
    }

    // The payload, not the header: whole frames reach the decoder, and what is inside them lies.
    private static byte[] Damage(byte[] frame, Random random)
    {
        var damaged = frame.ToArray();
        for (var i = 0; i < 12; i++)
            damaged[random.Next(7, damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static double CheckedSeconds(DecodedAudio audio, out double energy)
    {
        energy = 0;
        foreach (var sample in audio.Interleaved)
        {
            Assert.True(float.IsFinite(sample) && Math.Abs(sample) <= 4);
            energy += sample * sample / audio.Interleaved.Length;
        }
        return audio.IsEmpty ? 0 : (double)audio.Samples / audio.SampleRate;
    }

    private void Decode(byte kind) => _decoder.Decode([kind]);

    private ScriptedDecoder Open()
    {
        _opened.Add(new ScriptedDecoder());
        return _opened[^1];
    }
}

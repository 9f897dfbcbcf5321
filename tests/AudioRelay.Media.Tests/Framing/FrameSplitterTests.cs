using AudioRelay.Media.Framing;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.Media.Tests.Framing;

public sealed class FrameSplitterTests
{
    private static readonly byte[][] Mp3 = Frames(20, i => SyntheticFrames.Mp3(i));
    private static readonly byte[][] Mp3At48 = Frames(20, i => SyntheticFrames.Mp3(i, 48_000, 1, 64));
    private static readonly byte[][] Aac = Frames(20, i => SyntheticFrames.Adts(i, length: 200 + (int)(i * 13)));

    [Fact]
    public void Headers_say_what_the_standard_says()
    {
        Assert.Equal(new FrameFormat(SourceCodec.Mp3, FrameVariant.Mpeg1LayerIII, 44_100, 2, 1152), FormatOf(Mp3[0]));
        Assert.Equal(new FrameFormat(SourceCodec.Mp3, FrameVariant.Mpeg1LayerIII, 48_000, 1, 1152), FormatOf(Mp3At48[0]));
        Assert.Equal(
            new FrameFormat(SourceCodec.Mp3, FrameVariant.Mpeg2LayerIII, 22_050, 2, 576),
            FormatOf(SyntheticFrames.Mp3(0, 22_050, 2, 56))
        );
        Assert.Equal(
            new FrameFormat(SourceCodec.Mp3, FrameVariant.Mpeg25LayerIII, 8_000, 1, 576),
            FormatOf(SyntheticFrames.Mp3(0, 8_000, 1, 16))
        );
        Assert.Equal(new FrameFormat(SourceCodec.Aac, FrameVariant.AacLc, 44_100, 2, 1024), FormatOf(Aac[0]));
        Assert.Equal(
            new FrameFormat(SourceCodec.Aac, FrameVariant.AacLc, 22_050, 1, 1024),
            FormatOf(SyntheticFrames.Adts(0, 22_050, 1, 99))
        );
    }

    [Theory]
    [InlineData(0xFF, 0xFB, 0x00, 0x40)] // free format
    [InlineData(0xFF, 0xFB, 0xF0, 0x40)] // bit rate 15
    [InlineData(0xFF, 0xFB, 0x9C, 0x40)] // rate 3
    [InlineData(0xFF, 0xEB, 0x90, 0x40)] // version 1
    [InlineData(0xFF, 0xFD, 0x90, 0x40)] // layer II
    [InlineData(0xFF, 0xFF, 0x90, 0x40)] // layer I
    [InlineData(0xFF, 0xFB, 0x90, 0x42)] // emphasis 2
    [InlineData(0xFE, 0xFB, 0x90, 0x40)]
    [InlineData(0xFF, 0xF1, 0x7C, 0x80)] // ADTS, rate index 15
    [InlineData(0xFF, 0xF1, 0x50, 0x80)] // ADTS, length 0
    public void What_is_no_header_is_refused(byte a, byte b, byte c, byte d) =>
        Assert.False(FrameHeader.TryRead([a, b, c, d, 0, 0x1F, 0xFC], out _));

    [Fact]
    public void Chunks_of_any_size_give_the_same_frames()
    {
        byte[] stream = [.. Garbage(300), .. Join(Mp3), .. Garbage(77), .. Join(Aac), .. Mp3[0][..40]];
        var expected = Split(stream, stream.Length);
        Assert.Equal(Mp3.Length - 1 + Aac.Length, expected.List.Frames.Count);
        for (var size = 1; size < 1200; size++)
        {
            var actual = Split(stream, size);
            Assert.Equal(Hashes(expected.List.Frames), Hashes(actual.List.Frames));
            Assert.Equal(expected.Skipped, actual.Skipped);
        }
    }

    [Fact]
    public void Every_byte_is_in_a_frame_or_counted_as_skipped()
    {
        byte[] stream = [.. Garbage(1000), .. Join(Mp3), .. Garbage(20_000), .. Join(Mp3At48)];
        var (list, skipped) = Split(stream, 333);
        Assert.Equal(stream.Length, skipped + list.Frames.Sum(f => f.Length));
    }

    [Fact]
    public void A_start_in_mid_frame_costs_that_frame_only()
    {
        var stream = Join(Mp3);
        for (var cut = 1; cut < Mp3[0].Length; cut++)
        {
            var (list, skipped) = Split(stream[cut..], 512);
            Assert.Equal(Hashes(Mp3[1..]), Hashes(list.Frames));
            Assert.Equal(Mp3[0].Length - cut, skipped);
        }
    }

    [Theory]
    [InlineData(31_000_000)]
    [InlineData(0)]
    [InlineData(500)]
    public void A_tag_costs_no_frame_whatever_size_it_claims(int claimed)
    {
        byte[] tag =
        [
            .. "ID3"u8,
            4,
            0,
            0,
            (byte)((claimed >> 21) & 0x7F),
            (byte)((claimed >> 14) & 0x7F),
            (byte)((claimed >> 7) & 0x7F),
            (byte)(claimed & 0x7F),
            .. Garbage(490),
        ];
        byte[] stream = [.. tag, .. Join(Mp3), .. tag, .. Join(Mp3), .. "TAG"u8, .. Garbage(125)];
        for (var size = 1; size < 600; size += 7)
        {
            var (list, skipped) = Split(stream, size);
            Assert.Equal(Hashes([.. Mp3, .. Mp3]), Hashes(list.Frames));
            Assert.Equal((2 * tag.Length) + 128, skipped);
        }
    }

    [Fact]
    public void Garbage_in_mid_stream_costs_the_frame_in_front_of_it_which_nothing_confirms()
    {
        byte[] stream = [.. Join(Mp3), .. Garbage(100_000), .. Join(Mp3)];
        Assert.Equal([.. Mp3[..^1], .. Mp3], Split(stream, 1400).List.Frames);
    }

    [Fact]
    public void A_frame_that_was_cut_short_is_not_handed_on()
    {
        byte[] stream = [.. Join(Mp3[..5]), .. Mp3[5][..200], .. Join(Mp3[6..])];
        Assert.Equal([.. Mp3[..5], .. Mp3[6..]], Split(stream, 100).List.Frames);
    }

    [Fact]
    public void A_change_of_format_loses_no_frame_on_either_side()
    {
        byte[][][] runs = [Mp3, Mp3At48, Aac, Mp3, Frames(9, i => SyntheticFrames.Adts(i, 22_050, 1, 99))];
        byte[] stream = [.. runs.SelectMany(Join)];
        for (var size = 1; size < 1000; size += 3)
        {
            var (list, skipped) = Split(stream, size);
            Assert.Equal(Hashes(runs.SelectMany(r => r)), Hashes(list.Frames));
            Assert.Equal(0, skipped);
        }
    }

    [Fact]
    public void A_change_from_stereo_to_mono_is_another_format_in_the_same_run()
    {
        byte[][] mono = Frames(5, i => SyntheticFrames.Mp3(i, channels: 1));
        var (list, skipped) = Split([.. Join(Mp3), .. Join(mono)], 100);
        Assert.Equal([.. Mp3, .. mono], list.Frames);
        Assert.Equal([2, 1], list.Formats.Select(f => f.Channels).Distinct());
        Assert.Equal(0, skipped);
    }

    [Fact]
    public void The_longest_frames_of_two_formats_in_a_row_fit()
    {
        var wide = Frames(3, i => SyntheticFrames.Adts(i, 48_000, 2, 8191));
        var other = Frames(3, i => SyntheticFrames.Adts(i, 44_100, 2, 8191));
        var (list, skipped) = Split([.. Join(wide), .. Join(other)], 3000);
        Assert.Equal([.. wide, .. other], list.Frames);
        Assert.Equal(0, skipped);
    }

    [Fact]
    public void A_frame_waits_for_the_header_behind_it_and_the_end_confirms_the_last_one()
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        splitter.Feed(Mp3[0]);
        splitter.Feed(Mp3[1].AsSpan(0, 3));
        Assert.Empty(list.Frames);
        splitter.Feed(Mp3[1].AsSpan(3, 1));
        Assert.Single(list.Frames);
        splitter.Feed(Mp3[1].AsSpan(4));
        Assert.Single(list.Frames);
        splitter.Flush();
        Assert.Equal(Mp3[..2], list.Frames);
    }

    [Fact]
    public void A_last_frame_that_is_not_whole_is_skipped()
    {
        var (list, skipped) = Split([.. Join(Mp3), .. Mp3[0][..^1]], 1000);
        Assert.Equal(Mp3, list.Frames);
        Assert.Equal(Mp3[0].Length - 1, skipped);
    }

    [Fact]
    public void Reset_forgets_the_piece_at_hand_so_that_connections_do_not_run_together()
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        splitter.Feed([.. Join(Mp3[..3]), .. Mp3[3][..100]]);
        splitter.Reset();
        splitter.Feed([.. Mp3[7][100..], .. Join(Mp3[8..])]);
        splitter.Flush();
        Assert.Equal([.. Mp3[..3], .. Mp3[8..]], list.Frames);
        Assert.Equal(Mp3[7].Length, splitter.SkippedBytes);
    }

    [Fact]
    public void A_splitter_that_was_told_the_codec_takes_no_other()
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list, SourceCodec.Aac);
        splitter.Feed([.. Join(Mp3), .. Join(Aac)]);
        splitter.Flush();
        Assert.Equal(Aac, list.Frames);
    }

    [Fact]
    public void Bytes_without_a_frame_are_counted_until_one_comes()
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        splitter.Feed(Garbage(9000));
        Assert.Equal(9000, splitter.BytesSinceFrame);
        splitter.Feed(Join(Mp3));
        Assert.Equal(Mp3[^1].Length, splitter.BytesSinceFrame);
        Assert.Equal(Mp3.Length - 1, splitter.Frames);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        var stream = Join(Mp3);
        var splitter = new FrameSplitter(new CountingSink());
        splitter.Feed(stream);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            splitter.Feed(stream);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((101 * Mp3.Length) - 1, splitter.Frames);
    }

    [Fact]
    public void Real_sound_joined_anywhere_gives_every_frame_from_the_next_whole_one_on()
    {
        foreach (var fixture in SoundFixture.All)
        {
            AssertJoinsAnywhere(fixture.Bytes, fixture.Frames, joins: 300);
        }
    }

    internal static void AssertJoinsAnywhere(byte[] sound, IReadOnlyList<byte[]> frames, int joins)
    {
        const int Window = 20_000;
        var starts = new int[frames.Count + 1];
        for (var i = 0; i < frames.Count; i++)
        {
            starts[i + 1] = starts[i] + frames[i].Length;
        }

        var chance = new Random(sound.Length);
        for (var join = 0; join < joins; join++)
        {
            var from = chance.Next(sound.Length - 1);
            var to = Math.Min(sound.Length, from + Window);
            var at = Array.BinarySearch(starts, from);
            var first = at < 0 ? ~at : at;
            var whole = frames.Skip(first).TakeWhile((_, i) => starts[first + i + 1] <= to);
            Assert.Equal(Hashes(whole), Hashes(Split(sound[from..to], 1400).List.Frames));
        }
    }

    [Fact]
    public void Our_fixtures_are_whole_frames_of_the_announced_formats()
    {
        Assert.All(SoundFixture.All, fixture => Assert.Equal(fixture.Bytes, Join([.. fixture.Frames])));
        Assert.Equal(22_050, SoundFixture.HeAac.Format.SampleRate);
        Assert.Equal(8, SoundFixture.HeAac.Duration.TotalSeconds, 0.2);
        Assert.Equal(6, SoundFixture.Mp3.Duration.TotalSeconds, 0.1);
    }

    private static FrameFormat FormatOf(byte[] frame)
    {
        Assert.True(FrameHeader.TryRead(frame, out var header));
        Assert.Equal(frame.Length, header.Length);
        return header.Format;
    }

    private static byte[][] Frames(int count, Func<long, byte[]> make) => [.. Enumerable.Range(0, count).Select(i => make(i))];

    // Comparing arrays byte by byte is slow in the test framework.
    private static List<ulong> Hashes(IEnumerable<byte[]> frames) => [.. frames.Select(frame => FrameHash.Of(frame))];

    private static byte[] Join(byte[][] frames) => [.. frames.SelectMany(f => f)];

    private static byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static (FrameList List, long Skipped) Split(byte[] stream, int size)
    {
        var list = new FrameList();
        var splitter = new FrameSplitter(list);
        foreach (var chunk in stream.Chunk(size))
        {
            splitter.Feed(chunk);
        }

        splitter.Flush();
        return (list, splitter.SkippedBytes);
    }

    private sealed class CountingSink : IFrameSink
    {
        public void OnFrame(in FrameFormat format, ReadOnlySpan<byte> frame) { }
    }
}

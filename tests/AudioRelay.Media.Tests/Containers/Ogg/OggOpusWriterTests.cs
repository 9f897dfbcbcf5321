using System.Buffers;
using System.Text;
using AudioRelay.Media.Containers.Ogg;
using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Media.Tests.Containers.Ogg;

public sealed class OggOpusWriterTests(OpusSource source) : IClassFixture<OpusSource>
{
    [Fact]
    public async Task O12_A_whole_section_decodes_to_the_samples_of_the_unsplit_encode_end_included()
    {
        var file = Write(source.Packets, source.PreSkip, source.Padding);

        var decoded = await Judge.DecodeAsync(file, "ogg");

        Assert.Equal(source.Decoded.Length, decoded.Length);
        Assert.True(source.Decoded.AsSpan().SequenceEqual(decoded), "the samples differ");
    }

    [Fact]
    public void O12_Pages_follow_each_other_with_growing_granules_of_about_a_second_the_first_and_last_marked()
    {
        var ogg = OggFile.Parse(Write(source.Packets, source.PreSkip, source.Padding));

        Assert.Equal(source.Packets, ogg.Sound);
        Assert.Equal((2, 0L, 1), (ogg.Pages[0].Flags, ogg.Pages[0].Granule, ogg.Pages[0].Packets));
        Assert.Equal((0, 0L, 1), (ogg.Pages[1].Flags, ogg.Pages[1].Granule, ogg.Pages[1].Packets));
        Assert.Equal(4, ogg.Pages[^1].Flags);
        Assert.All(ogg.Pages.Skip(1).SkipLast(1), page => Assert.Equal(0, page.Flags));
        var granule = 0L;
        foreach (var page in ogg.Pages.Skip(2).SkipLast(1))
        {
            granule += 960L * page.Packets;
            Assert.Equal(granule, page.Granule);
            Assert.Equal(50, page.Packets);
        }

        Assert.Equal(source.Ogg.LastGranule, ogg.LastGranule);
    }

    [Fact]
    public async Task O12_opusinfo_finds_nothing_to_complain_about_and_reads_the_comments()
    {
        using var file = new ScratchFile("opus");
        await File.WriteAllBytesAsync(
            file.Path,
            Write(source.Packets, source.PreSkip, source.Padding, new("TITLE", "Führung · 夜"), new("ARTIST", "radio")),
            TestContext.Current.CancellationToken
        );

        var said = Encoding.UTF8.GetString(await Judge.RunAsync("opusinfo", file.Path));

        Assert.DoesNotContain("WARNING", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ERROR", said, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("TITLE=Führung · 夜", said, StringComparison.Ordinal);
        Assert.Contains($"Pre-skip: {source.PreSkip}", said, StringComparison.Ordinal);
        Assert.Contains("Playback length: 0m:31.2", said, StringComparison.Ordinal);
    }

    /// <summary>audio-engine.md §4: [A, B) is packets from floor((A + delay) / 960) − k with a pre-skip that hides what is before A.</summary>
    [Theory]
    [InlineData(100_000, 700_001)]
    [InlineData(480_000, 480_960)]
    [InlineData(0, 48_000)]
    [InlineData(1_000_123, 1_400_000)]
    public async Task O9_A_clip_with_half_a_second_of_pre_roll_is_exact_in_length_and_sound(int from, int to)
    {
        const int preRoll = 25;
        var delay = source.PreSkip;
        var first = Math.Max(0, ((from + delay) / 960) - preRoll);
        var last = (to + delay + 959) / 960;
        var padding = (last * 960) - (to + delay);

        var decoded = await Judge.DecodeAsync(Write(source.Packets[first..last], from + delay - (first * 960), padding), "ogg");

        Assert.Equal(to - from, decoded.Length);
        for (var i = 0; i < decoded.Length; i++)
        {
            Assert.InRange(decoded[i] - source.Decoded[from + i], -1, 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1271)]
    [InlineData(4000)]
    public void O11_The_last_granule_takes_off_the_padding_and_never_steps_back(int padding)
    {
        // 3.5 s + one packet: a page that ended at the last second would leave less than the padding behind.
        var ogg = OggFile.Parse(Write(source.Packets[..176], source.PreSkip, padding));
        Assert.Equal((176 * 960) - padding, ogg.LastGranule);
        Assert.True(ogg.Pages.Zip(ogg.Pages.Skip(1)).All(p => p.Second.Granule >= p.First.Granule));
    }

    [Fact]
    public void Mixed_lengths_and_large_packets_are_laced_right()
    {
        var random = new Random(12);
        var packets = new List<byte[]>();
        for (var i = 0; i < 300; i++)
        {
            var packet = new byte[random.Next(4) == 0 ? random.Next(1, 61_000) : 255 * random.Next(1, 4)];
            random.NextBytes(packet);
            packet[0] = (byte)(random.Next(32) << 3); // one frame of any length
            packets.Add(packet);
        }

        var ogg = OggFile.Parse(Write(packets, 312, 0));

        Assert.Equal(packets, ogg.Sound);
        Assert.Equal(packets.Sum(p => (long)OpusPacket.Samples(p)), ogg.LastGranule);
    }

    [Fact]
    public void A_stream_without_sound_is_still_a_whole_stream()
    {
        var ogg = OggFile.Parse(Write([], 312, 0));
        Assert.Equal(2, ogg.Packets.Count);
        Assert.Equal((0L, 4), (ogg.LastGranule, (int)ogg.Pages[^1].Flags));
    }

    [Fact]
    public async Task O12_Chained_streams_are_each_trimmed_at_both_ends()
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var serial in new uint[] { 7, 8 })
        {
            var writer = new OggOpusWriter(output, new OggOpusHeader(source.PreSkip, Serial: serial));
            writer.WriteBlob(OpusSource.Blob(source.Packets));
            writer.Finish(source.Padding);
        }

        using var file = new ScratchFile("opus");
        using var wav = new ScratchFile("wav");
        await File.WriteAllBytesAsync(file.Path, output.WrittenSpan.ToArray(), TestContext.Current.CancellationToken);
        await Judge.RunAsync("opusdec", "--quiet", "--no-dither", "--rate", "48000", file.Path, wav.Path);
        var samples = (new FileInfo(wav.Path).Length - 44) / 2;
        Assert.Equal(2L * source.Decoded.Length, samples);
    }

    private static byte[] Write(IReadOnlyList<byte[]> packets, int preSkip, long padding, params KeyValuePair<string, string>[] comments)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new OggOpusWriter(output, new OggOpusHeader(preSkip, Comments: comments));
        foreach (var packet in packets)
        {
            writer.WritePacket(packet);
        }

        writer.Finish(padding);
        Assert.Equal(packets.Sum(p => (long)OpusPacket.Samples(p)), writer.Samples);
        return output.WrittenSpan.ToArray();
    }
}

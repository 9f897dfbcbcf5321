using System.Buffers;
using AudioRelay.Media.Containers.Adts;
using AudioRelay.Media.Containers.Id3;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Fuzzing;

namespace AudioRelay.Media.Tests.Containers.Adts;

public sealed class PackedAudioTests
{
    private static readonly string[] Tone = ["-f", "lavfi", "-i", OpusSource.Sound, "-t", "12", "-ac", "1"];

    [Theory]
    [InlineData(16000, "32k")]
    [InlineData(44100, "96k")]
    public async Task A3_A5_Segments_of_whole_frames_join_to_the_stream_and_their_length_is_counted(int rate, string bitRate)
    {
        var aac = await Judge.MakeAsync("aac", [.. Tone, "-ar", $"{rate}", "-c:a", "aac", "-b:a", bitRate]);
        var expected = await Judge.DecodeAsync(aac, "aac");
        var frames = Frames(aac);
        Assert.Equal(frames.Count * 1024L, AdtsFrames.Samples(aac));

        var joined = new List<byte>();
        for (var i = 0; i < frames.Count; i += 17)
        {
            joined.AddRange(frames.Skip(i).Take(17).SelectMany(f => f));
        }

        Assert.Equal(aac, joined);
        Assert.Equal(expected, await Judge.DecodeAsync([.. joined], "aac"));
    }

    [Fact]
    public async Task A1_A_reader_takes_a_segments_start_from_its_tag()
    {
        var aac = await Judge.MakeAsync("aac", [.. Tone, "-ar", "16000", "-c:a", "aac"]);
        var output = new ArrayBufferWriter<byte>();
        PackedAudioSegment.Write(output, 1600 + (16000L * 3600), 16000, aac);

        Assert.True(output.WrittenSpan[Id3Timestamp.Length..].SequenceEqual(aac));
        Assert.Equal(await Judge.DecodeAsync(aac, "aac"), await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "aac"));

        // ffmpeg's HLS reader believes the tag: two segments, the second an hour later.
        using var first = new ScratchFile("aac");
        using var second = new ScratchFile("aac");
        using var list = new ScratchFile("m3u8");
        await File.WriteAllBytesAsync(first.Path, Tagged(aac, 0), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(second.Path, Tagged(aac, 16000L * 3600), TestContext.Current.CancellationToken);
        var text =
            $"#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12.0,\n{Path.GetFileName(first.Path)}\n#EXTINF:12.0,\n{Path.GetFileName(second.Path)}\n#EXT-X-ENDLIST\n";
        await File.WriteAllTextAsync(list.Path, text, TestContext.Current.CancellationToken);
        var times = await Judge.RunAsync("ffprobe", "-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", list.Path);
        var seconds = System
            .Text.Encoding.ASCII.GetString(times)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => double.Parse(t.TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Assert.InRange(seconds[0], 0, 0.001);
        Assert.Contains(seconds, t => Math.Abs(t - 3600) < 0.001);
    }

    [Fact]
    public async Task A1_An_MP3_segment_is_its_tag_and_its_frames()
    {
        var mp3 = await Judge.MakeAsync(
            "mp3",
            [.. Tone, "-ar", "44100", "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0"]
        );
        var output = new ArrayBufferWriter<byte>();
        PackedAudioSegment.Write(output, 44100, 44100, mp3);
        Assert.Equal(await Judge.DecodeAsync(mp3, "mp3"), await Judge.DecodeAsync(output.WrittenSpan.ToArray(), "mp3"));
    }

    [Fact]
    public void A3_Bytes_that_are_no_whole_frames_are_refused_and_never_read_past()
    {
        var (read, refused) = (0, 0);
        FuzzRun.Each(seed =>
        {
            var bytes = new Mutator(new Random(seed), []).Mutate(SoundFixture.AacLc.Bytes.AsSpan(0, 4000));
            var m4a = new M4aFile();
            try
            {
                m4a.Measure(bytes);
                Assert.InRange(AdtsFrames.Samples(bytes), 0, bytes.Length * 1024L);
                m4a.WriteHeader(new ArrayBufferWriter<byte>());
                m4a.WriteMedia(new ArrayBufferWriter<byte>(), bytes);
                read++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        });
        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
    }

    private static byte[] Tagged(byte[] frames, long samples)
    {
        var output = new ArrayBufferWriter<byte>();
        PackedAudioSegment.Write(output, samples, 16000, frames);
        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> Frames(byte[] aac)
    {
        var list = new List<byte[]>();
        var frames = new AdtsFrames(aac);
        while (frames.MoveNext())
        {
            list.Add(frames.Current.ToArray());
        }

        return list;
    }
}

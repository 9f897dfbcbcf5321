using System.Buffers;
using System.Globalization;
using AudioRelay.Media.Containers.Adts;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Media.Tests.Containers.Mp4;

public sealed class M4aFileTests
{
    private const int Rate = 16000;
    private const int Delay = 1024;
    private static readonly string[] Sound = ["-f", "lavfi", "-i", OpusSource.Sound, "-t", "20.013", "-ac", "1", "-ar", "16000"];

    private static readonly Lazy<Task<byte[]>> Made = new(() => Judge.MakeAsync("aac", [.. Sound, "-c:a", "aac", "-b:a", "32k"]));

    [Fact]
    public async Task The_programme_is_exact_to_the_sample_with_the_encoders_delay_taken_off()
    {
        var aac = await Aac();
        var whole = await Judge.DecodeAsync(aac, "aac");
        const int programme = (20 * Rate) + 208;
        var file = Write([aac], m4a => m4a.AddEdit(Delay, programme));

        var decoded = await Judge.DecodeAsync(file, "m4a");
        var duration = await Judge.ProbeAsync(file, "m4a", "-show_entries", "format=duration");

        Assert.Equal("20.013000", duration[0]);
        Assert.InRange(decoded.Length - programme, 0, 1023); // ffmpeg plays the last frame to its end; nothing is missing
        Assert.True(whole.AsSpan(Delay, programme).SequenceEqual(decoded.AsSpan(0, programme)), "the samples differ");
    }

    [Fact]
    public async Task Its_packets_are_the_frames_without_their_headers_however_the_stored_segments_were_cut()
    {
        var aac = await Aac();
        var frames = Frames(aac);
        var segments = frames.Chunk(47).Select(chunk => chunk.SelectMany(f => f).ToArray()).ToList();
        var file = Write(segments, _ => { });

        var packets = await Judge.PacketsAsync(file, "m4a");

        Assert.Equal(frames.Select(f => f.Length - 7), packets.Select(p => p.Size));
        Assert.Equal(Enumerable.Range(0, frames.Count).Select(i => i * 1024L), packets.Select(p => p.Pts));
        Assert.Equal(await Judge.DecodeAsync(aac, "aac"), await Judge.DecodeAsync(file, "m4a"));
    }

    [Fact]
    public async Task Two_sections_are_joined_by_two_edits_and_the_second_ones_priming_is_not_heard()
    {
        var aac = await Aac();
        var samples = AdtsFrames.Samples(aac);
        var file = Write(
            [aac, aac],
            m4a =>
            {
                m4a.AddEdit(Delay, samples - Delay);
                m4a.AddEdit(samples + Delay, samples - Delay);
            }
        );

        var duration = await Judge.ProbeAsync(file, "m4a", "-show_entries", "stream=duration_ts");

        Assert.Equal(2 * (samples - Delay), long.Parse(duration[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Titles_are_chapters_and_tags()
    {
        var aac = await Aac();
        var file = Write(
            [aac],
            m4a =>
            {
                m4a.AddChapter(3 * Rate, "Nachrichten · 夜");
                m4a.AddChapter(10 * Rate, "Morgenstück");
                m4a.AddChapter(10 * Rate, "Morgenstück, richtig");
                m4a.AddChapter(9999L * Rate, "after the end");
            },
            new M4aTags("Sendung", "Sender", "2026-11-20", "von AudioRelay")
        );

        var chapters = await Judge.ProbeAsync(
            file,
            "m4a",
            "-show_chapters",
            "-show_entries",
            "chapter=start_time,end_time:chapter_tags=title"
        );
        var tags = await Judge.ProbeAsync(file, "m4a", "-show_entries", "format_tags=title,artist,date,comment");

        Assert.Equal(3, chapters.Length);
        Assert.Equal("3.000000,10.000000,Nachrichten · 夜", chapters[1]);
        Assert.StartsWith("10.000000,", chapters[2], StringComparison.Ordinal);
        Assert.EndsWith(",\"Morgenstück, richtig\"", chapters[2], StringComparison.Ordinal);
        Assert.Equal("Sendung,Sender,2026-11-20,von AudioRelay", tags[0]);
        Assert.Equal((await Judge.DecodeAsync(aac, "aac")).Length, (await Judge.DecodeAsync(file, "m4a")).Length);
    }

    [Fact]
    public void A_thousand_chapters_are_kept_in_the_text_track_and_255_in_the_list()
    {
        var frame = Frame(16000, 100);
        var file = Write(
            [.. Enumerable.Repeat(frame, 2000)],
            m4a =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    m4a.AddChapter(i * 2048L, new string('ü', 600) + i);
                }
            }
        );
        var boxes = Mp4Box.ParseAll(file);
        var traks = boxes.At("moov").Children.Where(b => b.Type == "trak").ToList();
        Assert.Equal(1000u, traks[1].Children.At("mdia/minf/stbl/stsz").U32(8));
        Assert.Equal(255, boxes.At("moov/udta/chpl").Body[8]);
    }

    [Theory]
    [InlineData(44100, 2)]
    [InlineData(22050, 1)]
    [InlineData(48000, 1)]
    public async Task Every_rate_is_described_right(int rate, int channels)
    {
        var aac = await Judge.MakeAsync("aac", [.. Sound[..^4], "-ac", $"{channels}", "-ar", $"{rate}", "-c:a", "aac"]);
        var file = Write([aac], _ => { });
        var stream = await Judge.ProbeAsync(file, "m4a", "-show_entries", "stream=codec_name,profile,sample_rate,channels");
        Assert.Equal($"aac,LC,{rate},{channels}", stream[0]);
        Assert.Equal(await Judge.DecodeAsync(aac, "aac"), await Judge.DecodeAsync(file, "m4a"));
    }

    [Fact]
    public async Task HE_AAC_of_both_versions_is_found_by_the_decoder_under_the_core_that_the_headers_announce()
    {
        foreach (var fixture in new[] { SoundFixture.HeAac, SoundFixture.HeAacV2 })
        {
            var file = Write([fixture.Bytes], _ => { });
            Assert.Equal(await Judge.DecodeAsync(fixture.Bytes, "aac"), await Judge.DecodeAsync(file, "m4a"));
            var duration = await Judge.ProbeAsync(file, "m4a", "-show_entries", "format=duration");
            Assert.Equal(fixture.Frames.Count * 1024 / 22050.0, double.Parse(duration[0], CultureInfo.InvariantCulture), 4);
        }
    }

    [Fact]
    public void F8_Over_four_gigabytes_the_offsets_are_64_bit_and_end_at_the_last_frame()
    {
        // A week of stereo at 48 kHz, 8,000 bytes a frame: only the tables are made, the sound is counted.
        const int perSegment = 3000;
        var segment = Enumerable.Repeat(Frame(48000, 8000), perSegment).SelectMany(f => f).ToArray();
        var m4a = new M4aFile();
        const int segments = 200;
        for (var i = 0; i < segments; i++)
        {
            m4a.Measure(segment);
        }

        var output = new ArrayBufferWriter<byte>();
        m4a.WriteHeader(output);
        const long payload = (long)segments * perSegment * 8000;
        Assert.Equal(output.WrittenCount + payload, m4a.Length);
        var head = output.WrittenSpan.ToArray();
        Assert.Equal(payload + 16, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(head.Length - 8)));
        var co64 = Mp4Box.ParseAll(head[..^16]).At("moov/trak/mdia/minf/stbl/co64");
        var chunks = (int)co64.U32(4);
        Assert.Equal(segments * perSegment / 32, chunks);
        Assert.Equal(head.Length, co64.I64(8));
        Assert.Equal(m4a.Length - (32 * 8000), co64.I64(8 + ((chunks - 1) * 8)));
    }

    [Fact]
    public void Frames_of_another_kind_are_refused_and_so_are_frames_that_changed_between_the_passes()
    {
        var m4a = new M4aFile();
        m4a.Measure(Frame(16000, 50));
        Assert.Throws<InvalidDataException>(() => m4a.Measure(Frame(44100, 50)));
        Assert.Throws<InvalidDataException>(() => m4a.WriteMedia(new ArrayBufferWriter<byte>(), Frame(16000, 51)));
        m4a.WriteMedia(new ArrayBufferWriter<byte>(), Frame(16000, 50));
        Assert.Throws<InvalidDataException>(() => m4a.WriteMedia(new ArrayBufferWriter<byte>(), Frame(16000, 50)));
    }

    private static Task<byte[]> Aac() => Made.Value;

    private static byte[] Write(IReadOnlyList<byte[]> segments, Action<M4aFile> describe, M4aTags? tags = null)
    {
        var m4a = new M4aFile(tags);
        foreach (var segment in segments)
        {
            m4a.Measure(segment);
        }

        describe(m4a);
        var output = new ArrayBufferWriter<byte>();
        m4a.WriteHeader(output);
        foreach (var segment in segments)
        {
            m4a.WriteMedia(output, segment);
        }

        Assert.Equal(m4a.Length, output.WrittenCount);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Frame(int rate, int payload)
    {
        var index = rate switch
        {
            48000 => 3,
            44100 => 4,
            _ => 8,
        };
        var length = payload + 7;
        var frame = new byte[length];
        frame[0] = 0xFF;
        frame[1] = 0xF1;
        frame[2] = (byte)(0x40 | (index << 2));
        frame[3] = (byte)(0x40 | (length >> 11));
        frame[4] = (byte)(length >> 3);
        frame[5] = (byte)((length << 5) | 0x1F);
        frame[6] = 0xFC;
        return frame;
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

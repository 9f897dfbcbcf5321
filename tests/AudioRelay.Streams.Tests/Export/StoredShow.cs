using System.Buffers.Binary;
using System.IO.Pipelines;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>
/// A show with three sections of one continuous encode each: the first two are one chain (32.5 s, cut at 16 s), the third began 10 minutes
/// later. Every segment holds about 2 s.
/// </summary>
internal sealed class StoredShow : IDisposable
{
    public const long StartUs = 1_795_000_000_000_000; // 2026-11-18 11:06:40
    public const double Seconds = 32.5;
    public static readonly CodecCatalog Codecs = new();
    private readonly TemporaryFolder _folder = new();

    private StoredShow(string codec)
    {
        Codec = codec;
        var format = codec == "mp3" ? "copy" : codec;
        Store = ShowStore.Open(
            _folder.File("show.sqlite"),
            new ShowSettings("show", format, codec is "opus" or "aac" ? 24 : 0, 0),
            new Random(1)
        );
    }

    public string Codec { get; }

    public ShowStore Store { get; }

    public IShowReader Reader { get; private set; } = null!;

    /// <summary>All packets of the first chain, as they are stored.</summary>
    public List<byte[]> Packets { get; private set; } = [];

    public int Rate { get; private set; }

    public int FrameSamples { get; private set; }

    public int Delay { get; private set; }

    public int Padding { get; private set; }

    public List<SectionInfo> Sections { get; private set; } = [];

    public static async Task<StoredShow> CreateAsync(string codec, int? rateOfThird = null)
    {
        var show = new StoredShow(codec);
        await show.EncodeAsync();
        var cut = (int)(16.0 * show.Rate / show.FrameSamples);
        var first = show.Record(StartUs, show.Packets[..cut], 0, null, 0, show.Rate);
        var cutUs = StartUs + (first.Samples * 1_000_000 / show.Rate);
        var second = show.Record(cutUs, show.Packets[cut..], show.Padding, first.Id, first.Samples, show.Rate);
        show.Record(StartUs + 600_000_000, show.Packets, show.Padding, null, 0, rateOfThird ?? show.Rate);
        show.Reader = SqliteShowReader.Open(show.Store.Path);
        show.Sections = [.. await show.Reader.SectionsAsync(new SectionQuery())];
        Assert.Equal([first.Samples, second.Samples, first.Samples + second.Samples], show.Sections.Select(s => s.Samples));
        return show;
    }

    public async Task<(byte[] Bytes, ExportFile File)> ExportAsync(ExportRange range, string format)
    {
        var answer = await Exporter.PrepareAsync(Reader, range, format, Codecs, TestContext.Current.CancellationToken);
        Assert.True(answer.File is not null, answer.Refusal?.Detail);
        var bytes = await WriteAsync(answer.File);
        if (answer.File.Length is { } length)
        {
            Assert.Equal(length, bytes.Length);
        }

        return (bytes, answer.File);
    }

    public static async Task<byte[]> WriteAsync(ExportFile file)
    {
        using var memory = new MemoryStream();
        var writer = PipeWriter.Create(memory);
        await file.Write(writer, TestContext.Current.CancellationToken);
        await writer.CompleteAsync();
        return memory.ToArray();
    }

    public async Task<ExportRefusal> RefusalAsync(ExportRange range, string format)
    {
        var answer = await Exporter.PrepareAsync(Reader, range, format, Codecs, TestContext.Current.CancellationToken);
        Assert.Null(answer.File);
        return answer.Refusal!;
    }

    /// <summary>A range on the clock of the first chain, in samples, the wall map being nominal.</summary>
    public ExportRange Clip(long fromSample, long untilSample) => new ExportRange.Times(new UtcRange(Utc(fromSample), Utc(untilSample)));

    public void Dispose()
    {
        (Reader as IDisposable)?.Dispose();
        Store.Dispose();
        _folder.Dispose();
    }

    private long Utc(long sample) => StartUs + (long)Math.Ceiling(sample * 1e6 / Rate);

    private async Task EncodeAsync()
    {
        if (Codec == "mp3")
        {
            var file = await Ffmpeg.Run([
                .. Source(44100),
                "-c:a",
                "libmp3lame",
                "-b:a",
                "64k",
                "-write_xing",
                "0",
                "-id3v2_version",
                "0",
                "-f",
                "mp3",
                "-",
            ]);
            (Rate, FrameSamples, Delay) = (44100, 1152, 0);
            Packets = TestFrames.Split(file);
            return;
        }

        using var encoder = Codec switch
        {
            "opus" => new CodecCatalog().OpenOpusEncoder(24_000),
            "aac" => new CodecCatalog().OpenAacEncoder(32_000),
            _ => CodecCatalog.OpenWavEncoder(22_050),
        };
        (Rate, FrameSamples, Delay) = (encoder.SampleRate, Codec == "wav" ? 441 : encoder.FrameSamples, encoder.Delay);
        var pcm = await Ffmpeg.Run([.. Source(Rate), "-f", "f32le", "-"]);
        var sink = new PacketList();
        encoder.Encode(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(pcm), sink);
        Padding = encoder.Flush(sink);
        Packets = Codec == "wav" ? [.. sink.Packets.SelectMany(p => p).Chunk(882)] : sink.Packets;
    }

    private static string[] Source(int rate) =>
        [
            "-f",
            "lavfi",
            "-i",
            $"aevalsrc=0.3*sin(2*PI*(200+150*sin(t*1.7))*t)*(0.6+0.4*sin(3*t))+0.05*(random(0)-0.5):s={rate}:d={Seconds}",
            "-ac",
            "1",
        ];

    private (long Id, long Samples) Record(long startUs, List<byte[]> packets, int padding, long? continues, long chain, int rate)
    {
        var id = Store.NextSectionId(startUs);
        var batch = new StoreBatch()
            .Add(startUs, new SectionOpened(id, Codec, rate, 1, Delay, FrameSamples, continues, chain))
            .Add(startUs, new AnchorSet(id, 0, startUs, AnchorCause.Start))
            .Add(startUs, new TitleSet(id, 0, $"title {id % 1000} a"))
            .Add(startUs, new TitleSet(id, 5L * rate, "title · b"));
        var perSegment = 2 * rate / FrameSamples;
        var samples = 0L;
        for (var at = 0; at < packets.Count; at += perSegment)
        {
            var piece = packets.Skip(at).Take(perSegment).ToList();
            var duration = (long)piece.Sum(p => Codec == "wav" ? p.Length / 2 : FrameSamples);
            duration -= at == 0 && continues is null ? Delay : 0;
            duration -= at + piece.Count == packets.Count ? padding : 0;
            batch.Add(new NewSegment(id, samples, duration, (startUs / 1000) + (samples * 1000 / rate), Blob(piece)));
            samples += duration;
            Store.Commit(batch);
            batch = new StoreBatch();
        }

        var endUs = startUs + (samples * 1_000_000 / rate);
        Store.Commit(new StoreBatch().Add(endUs, new SectionClosed(id, EndCause.WindowEnd, samples, padding, endUs)));
        return (id, samples);
    }

    private byte[] Blob(List<byte[]> packets)
    {
        using var blob = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var packet in packets)
        {
            if (Codec == "opus")
            {
                BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)packet.Length);
                blob.Write(length);
            }

            blob.Write(packet);
        }

        return blob.ToArray();
    }
}

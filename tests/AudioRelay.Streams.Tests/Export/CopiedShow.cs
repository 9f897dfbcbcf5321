using System.IO.Pipelines;
using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>A copy show: each section the frames of one sound, ten frames to a segment unless it says otherwise.</summary>
internal sealed class CopiedShow : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private long _startUs = StoredShow.StartUs;

    public CopiedShow(string name = "show", string format = "copy")
    {
        Store = ShowStore.Open(_folder.File("show.sqlite"), new ShowSettings(name, format, 0, 0), new Random(1));
        Reader = SqliteShowReader.Open(Store.Path);
    }

    public ShowStore Store { get; }

    public SqliteShowReader Reader { get; }

    public int SegmentFrames { get; init; } = 10;

    /// <summary>Adds a section; leaves it open when it is to grow.</summary>
    /// <returns>Its id.</returns>
    public long Add(IEnumerable<byte[]> frames, FrameFormat format, bool close = true)
    {
        var id = Store.NextSectionId(_startUs);
        var codec = format.Codec == SourceCodec.Mp3 ? "mp3" : "aac";
        Store.Commit(
            new StoreBatch()
                .Add(_startUs, new SectionOpened(id, codec, format.SampleRate, format.Channels, 0, format.SamplesPerFrame, null, 0))
                .Add(_startUs, new AnchorSet(id, 0, _startUs, AnchorCause.Start))
                .Add(_startUs, new TitleSet(id, 0, "eins"))
                .Add(_startUs, new TitleSet(id, 2L * format.SampleRate, "zwei · 二"))
        );
        var samples = Grow(id, 0, frames, format);
        if (close)
        {
            var endUs = _startUs + (samples * 1_000_000 / format.SampleRate);
            Store.Commit(new StoreBatch().Add(endUs, new SectionClosed(id, EndCause.WindowEnd, samples, 0, endUs)));
            _startUs += 3_600_000_000;
        }

        return id;
    }

    /// <summary>Adds to the last section.</summary>
    /// <returns>Its samples then.</returns>
    public long Grow(long id, long samples, IEnumerable<byte[]> frames, FrameFormat format)
    {
        foreach (var piece in frames.Chunk(SegmentFrames))
        {
            var duration = (long)piece.Length * format.SamplesPerFrame;
            var atMs = (_startUs / 1000) + (samples * 1000 / format.SampleRate);
            Store.Commit(new StoreBatch().Add(new NewSegment(id, samples, duration, atMs, piece.SelectMany(f => f).ToArray())));
            samples += duration;
        }

        return samples;
    }

    public async Task<(byte[] Bytes, ExportFile File)> ExportAsync(ExportRange range, string format, CodecCatalog? codecs = null)
    {
        var answer = await Exporter.PrepareAsync(Reader, range, format, codecs ?? StoredShow.Codecs, TestContext.Current.CancellationToken);
        Assert.True(answer.File is not null, answer.Refusal?.Detail);
        using var memory = new MemoryStream();
        var writer = PipeWriter.Create(memory, new StreamPipeWriterOptions(leaveOpen: true));
        await answer.File.Write(writer, TestContext.Current.CancellationToken);
        await writer.CompleteAsync();
        Assert.Equal(answer.File.Length ?? memory.Length, memory.Length);
        return (memory.ToArray(), answer.File);
    }

    public void Dispose()
    {
        Reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Store.Dispose();
        _folder.Dispose();
    }
}

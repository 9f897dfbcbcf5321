using System.IO.Pipelines;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>An hour of sound in one file.</summary>
[Collection(nameof(Alone))]
public sealed class LongExportTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("stored", 600)]
    [InlineData("wav", 60)]
    [InlineData("wav16k", 600)]
    public async Task An_hour_is_written_in_no_more_memory_than_a_minute(string format, int repeats)
    {
        var fixture = SoundFixture.Mp3;
        using var show = new CopiedShow { SegmentFrames = fixture.Frames.Count };
        var minute = show.Add(Enumerable.Repeat(fixture.Frames, 10).SelectMany(f => f), fixture.Format);
        var hour = show.Add(Enumerable.Repeat(fixture.Frames, repeats).SelectMany(f => f), fixture.Format);
        await Measure(show, minute, format); // what is made once for all
        var (_, shortPeak, _) = await Measure(show, minute, format);
        var (bytes, longPeak, took) = await Measure(show, hour, format);
        var seconds = fixture.Duration.TotalSeconds * repeats;
        output.WriteLine(
            $"{format}: {bytes:N0} bytes, {seconds / took.TotalSeconds:0} × real time, {longPeak / 1024:N0} KB at most, a minute {shortPeak / 1024:N0} KB"
        );
        Assert.InRange(longPeak, 0, shortPeak + (1024 * 1024));
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_work_at_once()
    {
        var fixture = SoundFixture.Mp3;
        using var show = new CopiedShow { SegmentFrames = fixture.Frames.Count };
        var id = show.Add(Enumerable.Repeat(fixture.Frames, 20).SelectMany(f => f), fixture.Format);
        foreach (var format in new[] { "stored", "wav", "wav16k" })
        {
            var answer = await Exporter.PrepareAsync(
                show.Reader,
                new ExportRange.Section(id),
                format,
                StoredShow.Codecs,
                TestContext.Current.CancellationToken
            );
            using var gone = new CancellationTokenSource();
            var sink = new CountingStream(bytes => bytes > 300_000 ? gone.CancelAsync() : Task.CompletedTask);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.File!.Write(PipeWriter.Create(sink), gone.Token));
            Assert.InRange(sink.Written, 300_000, 700_000);
        }
    }

    private static async Task<(long Bytes, long Peak, TimeSpan Took)> Measure(CopiedShow show, long section, string format)
    {
        var start = TimeProvider.System.GetTimestamp();
        var answer = await Exporter.PrepareAsync(
            show.Reader,
            new ExportRange.Section(section),
            format,
            StoredShow.Codecs,
            TestContext.Current.CancellationToken
        );
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (peak, next) = (0L, 0L);
        var sink = new CountingStream(bytes =>
        {
            if (bytes >= next)
            {
                next = bytes + (answer.File!.Length!.Value / 20);
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }

            return Task.CompletedTask;
        });
        await answer.File!.Write(PipeWriter.Create(sink), TestContext.Current.CancellationToken);
        Assert.Equal(answer.File.Length, sink.Written);
        return (sink.Written, peak, TimeProvider.System.GetElapsedTime(start));
    }
}

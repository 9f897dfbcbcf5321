using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Timeline;
using AudioRelay.Streams.Export;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Streams.Tests.Export;

/// <summary>What a receiver has pulled is exported as at the recorder.</summary>
public sealed class ReceivedExportTests
{
    [Theory]
    [InlineData("opus")]
    [InlineData("aac")]
    [InlineData("mp3")]
    public async Task A_receiver_writes_the_same_files_byte_for_byte_but_for_its_own_name_of_the_show(string codec)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var show = await StoredShow.CreateAsync(codec);
        using var folder = new TemporaryFolder();
        await using var stores = SqliteReceivedStores.Open(folder.Path, TimeProvider.System, new Random(3));
        await using var received = await Pull(show, stores, "show");
        ExportRange[] ranges =
        [
            new ExportRange.Section(show.Sections[1].Id),
            show.Clip(3L * show.Rate, 20L * show.Rate),
            new ExportRange.Times(new UtcRange(StoredShow.StartUs, StoredShow.StartUs + 3_600_000_000)),
        ];
        foreach (var range in ranges)
        {
            foreach (var format in new[] { "stored", "wav", "wav16k" })
            {
                var (expected, at) = await show.ExportAsync(range, format);
                var answer = await Exporter.PrepareAsync(received.Reader, range, format, StoredShow.Codecs, cancel);
                Assert.True(answer.File is not null, answer.Refusal?.Detail);
                Assert.Equal((at.Name, at.Length, at.Duration), (answer.File.Name, answer.File.Length, answer.File.Duration));
                Assert.Equal(expected, await StoredShow.WriteAsync(answer.File));
            }
        }
    }

    [Fact]
    public async Task A_show_of_a_foreign_name_is_exported_under_it()
    {
        using var show = await StoredShow.CreateAsync("mp3");
        using var folder = new TemporaryFolder();
        await using var stores = SqliteReceivedStores.Open(folder.Path, TimeProvider.System, new Random(3));
        await using var received = await Pull(show, stores, "ラジオ/1");
        var answer = await Exporter.PrepareAsync(
            received.Reader,
            new ExportRange.Section(show.Sections[0].Id),
            "stored",
            StoredShow.Codecs,
            TestContext.Current.CancellationToken
        );
        Assert.StartsWith("ラジオ-1_20261118_110640_", answer.File!.Name, StringComparison.Ordinal);
    }

    private static async Task<IReceivedStore> Pull(StoredShow show, SqliteReceivedStores stores, string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        var info = await show.Reader.InfoAsync(cancel);
        var source = new SourceShow(name, "remote", info.Name, info.UniqueId, info.AudioFormat, info.Bitrate, info.SampleRate);
        var store = await stores.OpenOrCreateAsync(source, cancel);
        var segments = await show.Reader.ReadSegmentsAsync(1, long.MaxValue, int.MaxValue, long.MaxValue, cancel);
        var journal = await show.Reader.JournalAsync(0, int.MaxValue, cancel);
        await store.CommitAsync(
            await store.ClaimAsync(cancel),
            new PulledBatch
            {
                Journal = journal,
                Segments =
                [
                    .. segments.Select(s => new PulledSegment(
                        s.Info.Id,
                        s.Info.SectionId,
                        s.Info.StartsSection,
                        s.Info.DurationSamples,
                        s.Info.TimestampMs,
                        s.Data,
                        default
                    )),
                ],
                NextId = segments[^1].Info.Id + 1,
                JournalSeq = journal[^1].Seq,
            },
            cancel
        );
        return store;
    }
}

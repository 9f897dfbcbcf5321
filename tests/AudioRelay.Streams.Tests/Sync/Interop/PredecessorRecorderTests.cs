using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.Streams.Tests.Sync.Client;
using AudioRelay.TestKit.Predecessor;

namespace AudioRelay.Streams.Tests.Sync.Interop;

/// <summary>Our client pulls from the predecessor's recorder, as relay.md §4.1 and §4.4 describe it.</summary>
public sealed class PredecessorRecorderTests
{
    private const long Start = 1_700_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_show_is_listed_and_pulled_whole(bool seed)
    {
        LiteralShow[] shows =
        [
            new LiteralShow("news", "db_a").Record(11, Start, 10).Record(12, Start + 3_600_000, 15),
            new LiteralShow("a b/c", "db_b").Record(1, Start, 3),
            new LiteralShow("silent", "db_c"),
            new LiteralShow("copy", "db_d") { IsRecipient = true }.Record(1, Start, 3),
        ];
        await using var recorder = new LiteralRecorder(shows) { IsSeed = seed };
        using var client = new RecorderClient(new RecorderClientOptions(recorder.Address), TimeProvider.System);
        var offered = await client.ShowsAsync(Token);
        Assert.Equal([new("a b/c", 1, 3), new("news", 1, 25)], offered);
        foreach (var offer in offered)
        {
            var show = shows.Single(s => s.Name == offer.Name);
            Assert.Equal(
                new ShowMetadata(show.UniqueId, show.Name, "opus", "16", "48000", "4", false, offer.MinId, offer.MaxId, JournalSeq: null),
                await client.MetadataAsync(offer.Name, Token)
            );
            Assert.Equal(show.Sections.Select(s => new OfferedSection(s.Id, s.StartMs)), await client.SectionsAsync(offer.Name, Token));
            Assert.Null(await client.JournalAsync(offer.Name, 0, Token));
            await PulledWhole(client, offer, show);
        }
    }

    [Fact]
    public async Task A_show_without_sound_has_ids_of_zero_and_an_empty_batch()
    {
        await using var recorder = new LiteralRecorder(new LiteralShow("silent", "db_c"));
        using var client = new RecorderClient(new RecorderClientOptions(recorder.Address), TimeProvider.System);
        Assert.Empty(await client.ShowsAsync(Token));
        var metadata = await client.MetadataAsync("silent", Token);
        Assert.Equal((0, 0), (metadata.MinId, metadata.MaxId));
        using var batch = await client.SegmentsAsync("silent", 1, 10, 10, 1000, Token);
        Assert.Empty(batch.Segments);
        Assert.Equal(new FoundSections(null, null, "db_c", 0, -1), await client.FindByTimestampAsync("silent", Start, Token));
    }

    [Fact]
    public async Task A_stale_file_and_a_recipient_are_told_apart()
    {
        await using var recorder = new LiteralRecorder(
            new LiteralShow("stale", "db_s") { IsStale = true }.Record(1, Start, 2),
            new LiteralShow("copy", "db_d") { IsRecipient = true }.Record(1, Start, 3)
        );
        using var client = new RecorderClient(new RecorderClientOptions(recorder.Address), TimeProvider.System);
        Assert.Equal("stale", Assert.Single(await client.ShowsAsync(Token)).Name); // listed all the same (B17)
        await Answers.Fault(RecorderFault.NoSuchShow, () => client.MetadataAsync("stale", Token));
        await Answers.Fault(RecorderFault.Recipient, () => client.MetadataAsync("copy", Token));
        await Answers.Fault(RecorderFault.Recipient, () => client.SegmentsAsync("copy", 1, 2, 2, 1000, Token));
    }

    [Fact]
    public async Task The_place_to_go_on_with_another_store_is_found()
    {
        await using var recorder = new LiteralRecorder(
            new LiteralShow("news", "db_new").Record(1, Start, 4).Record(2, Start + 60_000, 3).Record(3, Start + 120_000, 2)
        );
        using var client = new RecorderClient(new RecorderClientOptions(recorder.Address), TimeProvider.System);
        Assert.Equal(
            new FoundSections(new(2, Start + 60_000), new(1, Start), "db_new", 1, 9),
            await client.FindByTimestampAsync("news", Start + 59_999, Token)
        );
        Assert.Equal((5L, 7L), await client.SegmentRangeAsync("news", 2, Token));
        Assert.Equal((null, null), await client.SegmentRangeAsync("news", 9, Token));
    }

    [Fact]
    public async Task It_does_not_push()
    {
        await using var recorder = new LiteralRecorder();
        using var client = new RecorderClient(new RecorderClientOptions(recorder.Address), TimeProvider.System);
        await using var events = client.EventsAsync(Token).GetAsyncEnumerator(Token);
        await Assert.ThrowsAsync<NotSupportedException>(() => events.MoveNextAsync().AsTask());
    }

    private static async Task PulledWhole(RecorderClient client, OfferedShow offer, LiteralShow show)
    {
        List<LiteralSegment> pulled = [];
        for (var from = offer.MinId; from <= offer.MaxId; from = pulled[^1].Id + 1)
        {
            using var batch = await client.SegmentsAsync(offer.Name, from, offer.MaxId, 7, 1 << 20, Token);
            Assert.Equal(WireVersion.One, batch.Version);
            Assert.InRange(batch.Segments.Count, 1, 7);
            pulled.AddRange(
                batch.Segments.Select(s => new LiteralSegment(
                    s.Id,
                    s.TimestampMs,
                    s.StartsSection ? 1 : 0,
                    s.SectionId,
                    s.DurationSamples,
                    s.Data.ToArray()
                ))
            );
        }

        Assert.Equal(show.Segments.Select(s => s with { Audio = [] }), pulled.Select(s => s with { Audio = [] }), SameButSound);
        Assert.All(show.Segments.Zip(pulled), pair => Assert.Equal(pair.First.Audio, pair.Second.Audio));
    }

    private static bool SameButSound(LiteralSegment a, LiteralSegment b) => a with { Audio = b.Audio } == b;
}

using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>What every store of a received show promises, whatever keeps it. A new kind of store joins by one class.</summary>
public abstract partial class ReceivedStoreConformance : IAsyncLifetime
{
    protected const long Noon = 1_790_000_000_000_000;
    private const long Second = SourceRecording.Second;

    private IReceivedStores? _stores;

    /// <summary>The stores of the test, empty at its beginning.</summary>
    protected IReceivedStores Stores => _stores!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the stores; called again in one test after they were closed, it opens the same.</summary>
    protected abstract Task<IReceivedStores> OpenStoresAsync();

    /// <summary>Changes a show's database past the store's interface.</summary>
    protected abstract Task SqlAsync(string show, string sql);

    /// <summary>SQL that makes a store one from before sections were numbered.</summary>
    protected abstract string WithoutEras { get; }

    public virtual async ValueTask InitializeAsync() => _stores = await OpenStoresAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_store_is_empty_and_knows_its_source()
    {
        var source = new SourceRecording();
        await using (var store = await Stores.OpenOrCreateAsync(source.Show, Token))
        {
            Assert.Equal(("show", source.Show), (store.Name, store.Source));
            Assert.Equal(new SyncCheckpoint(source.Show.UniqueId, 1, 0, 0), await store.CheckpointAsync(Token));
            var info = await store.Reader.InfoAsync(Token);
            // An empty store has no smallest and no largest id; asking for them is no fault.
            Assert.Equal((true, null, null), (info.IsRecipient, info.MinId, info.MaxId));
            Assert.NotEqual(source.Show.UniqueId, info.UniqueId);
        }

        await ReopenAsync();
        Assert.Equal([new ReceivedShow("show", source.Show)], await Stores.ListAsync(Token));
        await using var again = await Stores.OpenAsync("show", Token);
        Assert.Equal(source.Show, again.Source);
    }

    [Fact]
    public async Task An_unknown_show_is_not_found_and_not_created()
    {
        var fault = await Assert.ThrowsAsync<StorageException>(async () => await Stores.OpenAsync("nobody", Token));
        Assert.Equal(StorageFault.NotFound, fault.Fault);
        Assert.Empty(await Stores.ListAsync(Token));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("'; drop table segments; --")]
    [InlineData("Радио \u202e ☂ \"x\"")]
    [InlineData("a b")]
    public async Task A_hostile_name_is_only_a_name(string name)
    {
        await using var store = await Stores.OpenOrCreateAsync(new SourceRecording(name: name).Show, Token);
        await using var other = await Stores.OpenOrCreateAsync(new SourceRecording(name: name + "!").Show, Token);
        Assert.Equal(name, store.Name);
        Assert.Equal([name, name + "!"], (await Stores.ListAsync(Token)).Select(s => s.Name).Order(StringComparer.Ordinal));
        await using var found = await Stores.OpenAsync(name, Token);
        Assert.Equal(name, found.Source.Name);
    }

    [Fact]
    public async Task An_existing_store_keeps_its_source()
    {
        await using var first = await Stores.OpenOrCreateAsync(new SourceRecording().Show, Token);
        await using var second = await Stores.OpenOrCreateAsync(new SourceRecording("db_another00001").Show, Token);
        Assert.Equal("db_source000001", second.Source.UniqueId);
        Assert.Equal("db_source000001", (await second.CheckpointAsync(Token)).SourceStore);
    }

    [Fact]
    public async Task What_was_pulled_is_here_byte_for_byte_under_local_ids()
    {
        var source = new SourceRecording(firstId: 501).Open(Noon).Record(3).Close().Open(Noon + (60 * Second)).Record(2);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var claim = await store.ClaimAsync(Token);
        var first = await store.CommitAsync(claim, source.Pull(2), Token);
        Assert.Equal((1L, 2, 2L), (first.Stored.FirstSegmentId, first.Stored.Segments, first.Stored.MaxId));
        Assert.Equal(claim with { NextId = 503, JournalSeq = 5 }, first.Checkpoint);
        var second = await store.CommitAsync(first.Checkpoint, source.Pull(), Token);
        Assert.Equal((3L, 3, 5L), (second.Stored.FirstSegmentId, second.Stored.Segments, second.Stored.MaxId));
        Assert.Equal(506, second.Checkpoint.NextId);

        Assert.Equal(second.Checkpoint, await store.CheckpointAsync(Token));
        var segments = await store.Reader.ReadSegmentsAsync(1, 10, 10, 100_000, Token);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], segments.Select(s => s.Info.Id));
        Assert.Equal([0L, 96_000, 192_000, 0, 96_000], segments.Select(s => s.Info.FirstSample));
        Assert.Equal([true, false, false, true, false], segments.Select(s => s.Info.StartsSection));
        Assert.Equal(Enumerable.Range(501, 5).Select(id => SourceRecording.Bytes(id)), segments.Select(s => s.Data));
        Assert.All(segments, s => Assert.Equal(System.Security.Cryptography.SHA256.HashData(s.Data), s.Info.Sha256));
        var info = await store.Reader.InfoAsync(Token);
        Assert.Equal((1L, 5L, second.Stored.JournalSeq), (info.MinId, info.MaxId, info.JournalSeq));
        Assert.Equal(Presence.NeverWas, (await store.Reader.SegmentAsync(501, Token)).Presence);
    }

    [Fact]
    public async Task A_section_has_ended_when_its_samples_are_here()
    {
        var source = new SourceRecording().Open(Noon).Record(3).Close(EndCause.Silent);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;
        var early = await store.Reader.SectionAsync(Noon, Token);
        Assert.Equal((false, null, 2L, Noon + (4 * Second)), (early!.Ended, early.End, early.Segments, early.EndUs));
        Assert.DoesNotContain(await store.Reader.JournalAsync(0, 100, Token), e => e.Body is SectionClosed);

        await ReopenAsync(store);
        await using var again = await Stores.OpenAsync("show", Token);
        await again.CommitAsync(at, source.Pull(), Token);
        var whole = await again.Reader.SectionAsync(Noon, Token);
        Assert.Equal((true, EndCause.Silent, 3L, 288_000L), (whole!.Ended, whole.End, whole.Segments, whole.Samples));
        Assert.Single(await again.Reader.JournalAsync(0, 100, Token), e => e.Body is SectionClosed { Samples: 288_000 });
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')] // half of a character
    public async Task A_show_whose_name_is_no_text_is_refused_by_name_and_others_are_kept(char no)
    {
        var name = $"this {no} and that";
        var fine = new SourceRecording().Show;
        SourceShow[] hostile =
        [
            fine with
            {
                Name = name,
            },
            fine with
            {
                Name = "there",
                SourceName = name,
            },
            fine with
            {
                Name = "store",
                UniqueId = name,
            },
        ];
        foreach (var show in hostile)
        {
            var error = await Assert.ThrowsAsync<StorageException>(async () => await Stores.OpenOrCreateAsync(show, Token));
            Assert.Equal(StorageFault.RuleBroken, error.Fault);
            Assert.Contains("is no text", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\0', error.Message);
        }

        await using var store = await Stores.OpenOrCreateAsync(fine, Token);
        Assert.Equal([fine.Name], (await Stores.ListAsync(Token)).Select(show => show.Name));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')] // half of a character
    public async Task A_title_that_is_no_text_is_kept_without_what_cannot_be_and_is_found(char no)
    {
        var text = $"this {no} and that";
        var source = new SourceRecording().Open(Noon).Record(1);
        source.Tell(Noon, new TitleSet(Noon, 0, text)).Tell(Noon, new Trouble(GapCause.HttpStatus, Noon, Noon + Second, text));
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token);
        var kept = text.Replace(no, '\ufffd');
        foreach (var asked in (string?[])[null, text, kept, "\ufffd"])
        {
            var found = await store.Reader.TitlesAsync(new TitleQuery(Containing: asked), Token);
            Assert.Equal(kept, Assert.Single(found).Text);
        }

        var journal = await store.Reader.JournalAsync(0, 100, Token);
        Assert.Equal(kept, journal.Select(e => e.Body).OfType<TitleSet>().Single().Text);
        Assert.Equal(kept, journal.Select(e => e.Body).OfType<Trouble>().Single().Detail);
    }

    [Fact]
    public async Task Titles_anchors_and_codec_facts_come_with_the_journal()
    {
        var source = new SourceRecording
        {
            Codec = "aac",
            Show = new SourceRecording().Show with { AudioFormat = "aac", SampleRate = "0" },
        };
        source.Open(Noon, encoderDelay: 1600, frameSamples: 1024).Tell(Noon, new TitleSet(Noon, 48_000, "Prelude")).Record(2);
        source.Tell(source.NowUs, new AnchorSet(Noon, 192_000, source.NowUs + (2 * Second), AnchorCause.Jump)).Record(1);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token);
        Assert.Equal([new TitleInfo(Noon, 48_000, Noon + Second, "Prelude")], await store.Reader.TitlesAsync(new TitleQuery(), Token));
        var section = await store.Reader.SectionAsync(Noon, Token);
        Assert.Equal(("aac", 1600, 1024, Noon + (8 * Second)), (section!.Codec, section.EncoderDelay, section.FrameSamples, section.EndUs));
        Assert.Equal("48000", (await store.Reader.InfoAsync(Token)).SampleRate);
    }

    [Fact]
    public async Task How_long_segments_are_to_be_is_kept_and_changes_with_the_recorders_configuration()
    {
        var source = new SourceRecording { Show = new SourceRecording().Show with { TargetSeconds = 2 } };
        source.Open(Noon).Record(1);
        await using (var store = await Stores.OpenOrCreateAsync(source.Show, Token))
        {
            var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
            await Says(store, 2);
            await store.LearnTargetAsync(at, 10, Token);
            await Says(store, 10);
            Assert.Equal(at, await store.CheckpointAsync(Token));
        }

        await using (var again = await Stores.OpenAsync("show", Token))
        {
            await Says(again, 10);
            Assert.Equal(10, Assert.Single(await Stores.ListAsync(Token)).Source!.TargetSeconds);
            var at = await again.ClaimAsync(Token);
            await again.LearnTargetAsync(at, null, Token); // an older recorder tells nothing
            await Says(again, null);
            await again.ReplaceSourceAsync(at, source.Show with { UniqueId = "db_new", TargetSeconds = 4 }, 1, 0, Token);
            await Says(again, 4);
        }

        async Task Says(IReceivedStore store, int? seconds)
        {
            Assert.Equal(seconds, store.Source.TargetSeconds);
            Assert.Equal(seconds, (await store.Reader.InfoAsync(Token)).TargetSeconds);
        }
    }

    [Fact]
    public async Task Shows_are_apart()
    {
        var (one, two) = (new SourceRecording("db_1", name: "one").Open(Noon).Record(1), new SourceRecording("db_2", name: "two"));
        await using var first = await Stores.OpenOrCreateAsync(one.Show, Token);
        await using var second = await Stores.OpenOrCreateAsync(two.Show, Token);
        await first.CommitAsync(await first.ClaimAsync(Token), one.Pull(), Token);
        Assert.Equal(0, (await second.CheckpointAsync(Token)).Epoch);
        Assert.Empty(await second.Reader.SegmentsAsync(new SegmentQuery(), Token));
        Assert.Equal(["one", "two"], (await Stores.ListAsync(Token)).Select(s => s.Name));
    }

    /// <summary>Closes the stores, and before them what is open, and opens them again: what counts is what was written.</summary>
    protected async Task ReopenAsync(params IReceivedStore[] open)
    {
        foreach (var store in open)
        {
            await store.DisposeAsync();
        }

        await Stores.DisposeAsync();
        _stores = await OpenStoresAsync();
    }

    private static async Task FencedAsync(Func<Task> write) =>
        Assert.Equal(StorageFault.Fenced, (await Assert.ThrowsAsync<StorageException>(write)).Fault);
}

// Longer than other files: a kind of store joins by deriving from this one class. Split, each would derive as often, and could forget one.
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>What every store of a received show promises, whatever keeps it. A new kind of store joins by one class.</summary>
public abstract class ReceivedStoreConformance : IAsyncLifetime
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
    public async Task Who_was_replaced_commits_no_more()
    {
        var source = new SourceRecording().Open(Noon).Record(1);
        await using var old = await Stores.OpenOrCreateAsync(source.Show, Token);
        await using var young = await Stores.OpenAsync("show", Token);
        var first = await old.ClaimAsync(Token);
        var second = await young.ClaimAsync(Token);
        Assert.Equal((1L, 2L), (first.Epoch, second.Epoch));
        var batch = source.Pull();
        await FencedAsync(async () => await old.CommitAsync(first, batch, Token));
        await FencedAsync(async () => await old.ReplaceSourceAsync(first, source.Show, 1, 0, Token));
        await FencedAsync(async () => await old.RetainAsync(first, long.MaxValue, Token));
        await FencedAsync(async () => await old.LearnTargetAsync(first, 30, Token));
        Assert.Null((await old.Reader.InfoAsync(Token)).TargetSeconds);
        Assert.Equal(second, await old.CheckpointAsync(Token));
        Assert.Empty(await old.Reader.JournalAsync(0, 10, Token));
        Assert.Equal(1, (await young.CommitAsync(second, batch, Token)).Stored.MaxId);
    }

    [Fact]
    public async Task Of_many_that_claim_and_commit_at_once_each_batch_is_written_by_one()
    {
        var source = new SourceRecording().Open(Noon);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var written = new List<PullCommit>();
        for (var round = 0; round < 10; round++)
        {
            var batch = source.Record(2).Pull();
            var tries = Enumerable
                .Range(0, 4)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            await using var mine = await Stores.OpenAsync("show", Token);
                            var at = await mine.ClaimAsync(Token);
                            if (at.NextId > batch.Segments[0].SourceId)
                            {
                                return null; // somebody was faster
                            }

                            try
                            {
                                return await mine.CommitAsync(at, batch, Token);
                            }
                            catch (StorageException error) when (error.Fault == StorageFault.Fenced)
                            {
                                return null;
                            }
                        },
                        Token
                    )
                );
            var done = (await Task.WhenAll(tries)).OfType<PullCommit>().ToList();
            if (done.Count == 0)
            {
                done.Add(await store.CommitAsync(await store.ClaimAsync(Token), batch, Token)); // each was fenced by the next
            }

            written.Add(Assert.Single(done));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long?)((2 * i) + 1)), written.Select(w => w.Stored.FirstSegmentId));
        Assert.Equal(20, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
        Assert.Equal(20 * 96_000, (await store.Reader.SectionAsync(Noon, Token))!.Samples);
    }

    [Fact]
    public async Task A_batch_tried_again_after_an_unknown_outcome_is_not_inserted_twice()
    {
        var source = new SourceRecording().Open(Noon).Record(2);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var claim = await store.ClaimAsync(Token);
        var batch = source.Pull();
        var done = await store.CommitAsync(claim, batch, Token);
        await FencedAsync(async () => await store.CommitAsync(claim, batch, Token));
        Assert.Equal(done.Checkpoint, await store.CheckpointAsync(Token));
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
        Assert.Equal(2, (await store.Reader.JournalAsync(0, 10, Token)).Count);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_right_writes_nothing_and_the_right_one_is_taken_after_it()
    {
        var source = new SourceRecording().Open(Noon).Record(3);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var claim = await store.ClaimAsync(Token);
        var good = source.Pull();
        var (a, b, c) = (good.Segments[0], good.Segments[1], good.Segments[2]);
        PulledBatch[] bad =
        [
            good with
            {
                Segments = [a, b with { Data = SourceRecording.Bytes(99) }, c],
            },
            good with
            {
                Segments = [a, b, c with { SectionId = Noon + 1 }],
            },
            good with
            {
                Segments = [a, c, b],
            },
            good with
            {
                Segments = [a, a, b],
            },
            good with
            {
                Segments = [a, c],
            },
            good with
            {
                NextId = 0,
            },
            good with
            {
                Journal = [],
            },
        ];
        foreach (var batch in bad)
        {
            var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(claim, batch, Token));
            Assert.Equal(StorageFault.RuleBroken, error.Fault);
            Assert.Equal(claim, await store.CheckpointAsync(Token));
            Assert.Empty(await store.Reader.JournalAsync(0, 10, Token));
            Assert.Empty(await store.Reader.SegmentsAsync(new SegmentQuery(), Token));
        }

        Assert.Equal(1, (await store.CommitAsync(claim, good, Token)).Stored.FirstSegmentId);
    }

    [Fact]
    public async Task No_segment_of_a_source_is_kept_twice_even_if_the_checkpoint_is_set_back()
    {
        var source = new SourceRecording().Open(Noon).Record(2).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var batch = source.Pull();
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), batch, Token)).Checkpoint;
        await SqlAsync("show", "update sync_fence set next_id = 1, journal_seq = 0");
        at = at with { NextId = 1, JournalSeq = 0 };
        var again = new SourceRecording().Open(Noon + (60 * Second)).Record(2).Pull();
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(at, again, Token));
        Assert.Equal(StorageFault.RuleBroken, error.Fault);
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task A_source_that_was_put_back_from_a_backup_gives_its_ids_again_and_both_are_kept()
    {
        var source = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        for (var time = 1; time <= 2; time++)
        {
            at = await store.ReplaceSourceAsync(at, source.Show, 2, 0, Token);
            Assert.Equal((source.Show.UniqueId, 2), (at.SourceStore, at.NextId));
            var restored = new SourceRecording(firstId: 2).Open(Noon + (time * 60 * Second)).Record(2).Close();
            at = (await store.CommitAsync(at, restored.Pull(), Token)).Checkpoint;
        }

        Assert.Equal(Enumerable.Range(1, 7), (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Select(s => (int)s.Id));
    }

    [Fact]
    public async Task A_source_is_replaced_as_often_as_one_likes_also_when_nothing_came_in_between()
    {
        var source = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        var other = source.Show with { UniqueId = "db_other" };
        foreach (var next in new[] { source.Show, source.Show, source.Show, other, source.Show, source.Show, other, other, source.Show })
        {
            at = await store.ReplaceSourceAsync(at, next, 2, 0, Token);
            Assert.Equal((next.UniqueId, 2L), (at.SourceStore, at.NextId));
        }

        var restored = new SourceRecording(firstId: 2).Open(Noon + (60 * Second)).Record(2).Close();
        await store.CommitAsync(at, restored.Pull(), Token);
        Assert.Equal([1, 2, 3, 4, 5], (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Select(s => (int)s.Id));
    }

    [Fact]
    public async Task Another_source_goes_on_behind_what_is_here()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(3);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;

        var next = new SourceRecording("db_source000002", firstId: 7);
        var other = at with { SourceStore = "db_source000002", NextId = 7, JournalSeq = 0 };
        Assert.Equal(other, await store.ReplaceSourceAsync(at, next.Show with { Remote = "away" }, 7, 0, Token));
        Assert.Equal(("db_source000002", "away"), (store.Source.UniqueId, store.Source.Remote));
        var ended = await store.Reader.SectionAsync(Noon, Token);
        Assert.Equal((true, EndCause.PurgedOnRecorder, 2L), (ended!.Ended, ended.End, ended.Segments));
        Assert.Equal([new WindowInfo(Noon, Noon + (4 * Second))], await store.Reader.WindowsAsync(new UtcRange(0, long.MaxValue), Token));

        var later = Noon + (60 * Second);
        next.Tell(later, new WindowOpened(later)).Open(later).Record(2);
        await FencedAsync(async () => await store.CommitAsync(at, next.Pull(), Token));
        next = new SourceRecording("db_source000002", firstId: 7).Open(later).Record(2);
        var done = await store.CommitAsync(other, next.Pull(), Token);
        Assert.Equal((3L, 2, 9L), (done.Stored.FirstSegmentId, done.Stored.Segments, done.Checkpoint.NextId));
        Assert.Equal(4, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task A_show_knows_all_the_sources_it_had_also_one_it_got_nothing_from()
    {
        var first = new SourceRecording().Open(Noon).Record(1).Close();
        await using (var store = await Stores.OpenOrCreateAsync(first.Show, Token))
        {
            Assert.Equal([first.Show.UniqueId], store.Sources);
            var at = (await store.CommitAsync(await store.ClaimAsync(Token), first.Pull(), Token)).Checkpoint;
            Assert.Equal([first.Show.UniqueId], store.Sources);
            foreach (var next in new[] { "db_second", "db_third" })
            {
                at = await store.ReplaceSourceAsync(at, first.Show with { UniqueId = next }, 1, 0, Token);
            }

            Assert.Equal(["db_second", first.Show.UniqueId, "db_third"], store.Sources.Order());
        }

        await using var again = await Stores.OpenAsync(first.Show.Name, Token);
        Assert.Equal(["db_second", first.Show.UniqueId, "db_third"], again.Sources.Order());
    }

    [Fact]
    public async Task The_newest_segment_of_the_present_source_is_told_with_its_hash()
    {
        var first = new SourceRecording().Open(Noon).Record(3).Close();
        await using var store = await Stores.OpenOrCreateAsync(first.Show, Token);
        Assert.Null(await store.NewestPulledAsync(Token));
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), first.Pull(), Token)).Checkpoint;
        await AssertNewest(3);
        at = await store.ReplaceSourceAsync(at, first.Show, 2, 0, Token);
        Assert.Null(await store.NewestPulledAsync(Token));
        await store.CommitAsync(at, new SourceRecording(firstId: 2).Open(Noon + (60 * Second)).Record(1).Pull(), Token);
        await AssertNewest(2);

        async Task AssertNewest(long id)
        {
            var newest = await store.NewestPulledAsync(Token);
            Assert.Equal(id, newest!.SourceId);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(SourceRecording.Bytes(id)), newest.Sha256.ToArray());
        }
    }

    [Fact]
    public async Task A_recorder_that_is_called_otherwise_in_the_configuration_is_noted_under_the_newest_claim()
    {
        var source = new SourceRecording().Open(Noon).Record(3);
        await using (var store = await Stores.OpenOrCreateAsync(source.Show, Token))
        {
            var old = await store.ClaimAsync(Token);
            var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;
            await FencedAsync(async () => await store.RenameRemoteAsync(old, "stale", Token));
            await store.RenameRemoteAsync(at, "loft", Token);
            Assert.Equal(source.Show with { Remote = "loft" }, store.Source with { SampleRate = source.Show.SampleRate });
            Assert.Equal(at, await store.CheckpointAsync(Token));
            source.Record(1);
            await store.CommitAsync(at, source.Pull(), Token); // nothing else has changed
        }

        await using var again = await Stores.OpenAsync(source.Show.Name, Token);
        Assert.Equal("loft", again.Source.Remote);
    }

    [Fact]
    public async Task A_source_of_another_format_is_refused()
    {
        var source = new SourceRecording();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var other = source.Show with { UniqueId = "db_other", AudioFormat = "aac" };
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.ReplaceSourceAsync(at, other, 1, 0, Token));
        Assert.Equal(StorageFault.ConfigMismatch, error.Fault);
        Assert.Equal(source.Show, store.Source);
    }

    [Fact]
    public async Task Retention_removes_whole_sections_that_ended_before_the_limit_and_that_nothing_holds()
    {
        var source = new SourceRecording();
        for (var i = 0; i < 4; i++)
        {
            source.Open(Noon + (i * 60 * Second)).Record(3).Close();
        }

        source.Open(Noon + (240 * Second)).Record(1);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        await SqlAsync(
            "show",
            $"insert into holds (from_us, until_us, reason) values ({Noon + (61 * Second)}, {Noon + (62 * Second)}, 'a test')"
        );

        var straddles = Noon + (183 * Second);
        var report = await store.RetainAsync(at, straddles, Token);
        Assert.Equal([Noon, Noon + (120 * Second)], report.Sections.Order());
        Assert.Equal(6, report.Segments);
        var left = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([Noon + (60 * Second), Noon + (180 * Second), Noon + (240 * Second)], left.Select(s => s.Id));
        Assert.Equal(Presence.Removed, (await store.Reader.SegmentAsync(1, Token)).Presence);
        Assert.Equal(Presence.Removed, await store.Reader.SectionPresenceAsync(Noon, Token));
        Assert.Equal(Presence.Present, (await store.Reader.SegmentAsync(4, Token)).Presence);

        // The open section stays whatever the limit, and sync goes on behind it.
        await store.RetainAsync(at, long.MaxValue, Token);
        var last = source.Record(1).Pull();
        Assert.Equal(14, (await store.CommitAsync(at, last, Token)).Stored.FirstSegmentId);
        var segments = await store.Reader.SegmentsAsync(new SegmentQuery(), Token);
        Assert.Equal([4L, 5L, 6L, 13L, 14L], segments.Select(s => s.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recorder_that_is_upgraded_in_place_tells_its_past_and_nothing_comes_twice_or_comes_back(bool isRemovedHere)
    {
        var source = new SourceRecording();
        for (var i = 0; i < 3; i++)
        {
            source.Open(Noon + (i * 60 * Second)).Record(3).Close(EndCause.Disconnected);
        }

        source.Open(Noon + (180 * Second)).Record(2);
        var pulled = source.Pull();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        // As a recorder without a journal: the sections of each batch are told with it, and nothing is hashed.
        var from = await store.ClaimAsync(Token);
        var at = (await store.CommitAsync(from, WithoutJournal(pulled), Token)).Checkpoint;
        Assert.Equal((12L, 0L), (at.NextId, at.JournalSeq));
        if (isRemovedHere)
        {
            await store.RetainAsync(at, Noon + (365L * 86_400 * Second), Token); // so long ago that nobody remembers
            Assert.Single(await store.Reader.SectionsAsync(new SectionQuery(), Token));
        }

        var before = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        var entries = (await store.Reader.JournalAsync(0, 1000, Token)).Count;

        // Upgraded, it tells all of it, goes on with the open section and begins another.
        var told = pulled.Journal;
        source.Record(1).Close(EndCause.Disconnected).Open(Noon + (240 * Second)).Record(2);
        var next = source.Pull();
        var batch = next with { Journal = [.. told, .. next.Journal] };
        at = (await store.CommitAsync(at, batch, Token)).Checkpoint;
        Assert.Equal((15L, batch.JournalSeq), (at.NextId, at.JournalSeq));

        var after = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([.. before.Select(s => s.Id), Noon + (240 * Second)], after.Select(s => s.Id));
        var open = after.Single(s => s.Id == Noon + (180 * Second));
        Assert.Equal((true, EndCause.Disconnected, 3L, 288_000L), (open.Ended, open.End, open.Segments, open.Samples));
        Assert.Equal(before.Where(s => s.Ended).Select(Told), after.Where(s => before.Any(b => b.Ended && b.Id == s.Id)).Select(Told));
        // The end of the one, the opening and the start of the other.
        Assert.Equal(entries + 3, (await store.Reader.JournalAsync(0, 1000, Token)).Count);
        var timeline = await store.Reader.TimelineAsync(new UtcRange(Noon, Noon + (300 * Second)), Token);
        Assert.DoesNotContain(timeline.Gaps, gap => gap.Cause == GapCause.PurgedOnRecorder);
        source.Record(1);
        await store.CommitAsync(at, source.Pull(), Token);

        static string Told(SectionInfo s) => $"{s.Id} {s.Segments} {s.Samples} {s.StartUs} {s.EndUs} {s.End}";

        static PulledBatch WithoutJournal(PulledBatch batch) =>
            batch with
            {
                Journal = [.. batch.Journal.Where(e => e.Body is SectionOpened or AnchorSet).Select(e => e with { Seq = 0 })],
                Segments = [.. batch.Segments.Select(s => s with { Sha256 = default })],
                JournalSeq = 0,
            };
    }

    [Fact]
    public async Task Retention_of_the_recorder_removes_nothing_here()
    {
        var source = new SourceRecording().Open(Noon).Record(2).Close();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token)).Checkpoint;
        source.Tell(Noon + (60 * Second), new SectionRemoved(Noon, Noon, Noon + (4 * Second), 1, 2));
        await store.CommitAsync(at, source.Pull(), Token);
        Assert.Equal(Presence.Present, await store.Reader.SectionPresenceAsync(Noon, Token));
        Assert.Equal(2, (await store.Reader.SegmentsAsync(new SegmentQuery(), Token)).Count);
    }

    [Fact]
    public async Task What_the_recorder_removed_before_it_was_pulled_is_a_gap_with_that_cause()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(5);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(2), Token)).Checkpoint;
        // While the receiver was away: the rest of the first section and all of the second went.
        source.Close().Open(Noon + (20 * Second)).Record(5).Close().Purge();
        at = (await store.CommitAsync(at, source.Pull(), Token)).Checkpoint;
        Assert.Equal(11, at.NextId);
        source.Open(Noon + (40 * Second)).Record(2);
        await store.CommitAsync(at, source.Pull(), Token);

        var range = new UtcRange(Noon, Noon + (100 * Second));
        var timeline = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal(
            [new UtcRange(Noon, Noon + (4 * Second)), new UtcRange(Noon + (40 * Second), Noon + (44 * Second))],
            timeline.Coverage
        );
        Assert.Equal([new UtcRange(Noon, Noon + (44 * Second))], timeline.Windows);
        Assert.Equal(
            timeline.Windows.Sum(w => w.LengthUs),
            timeline.Coverage.Sum(c => c.LengthUs) + timeline.Gaps.Sum(g => g.UntilUs - g.FromUs)
        );
        Assert.Contains(timeline.Gaps, g => g.FromUs == Noon + (4 * Second) && g.Cause == GapCause.PurgedOnRecorder);
        Assert.Contains(timeline.Gaps, g => g.UntilUs >= Noon + (30 * Second) && g.Cause == GapCause.PurgedOnRecorder);
        Assert.Equal(3, (await store.Reader.SectionAsync(Noon + (40 * Second), Token))!.FirstSegmentId);
    }

    [Fact]
    public async Task A_timeline_ends_at_what_is_known()
    {
        var source = new SourceRecording().Tell(Noon, new WindowOpened(Noon)).Open(Noon).Record(30).Close(EndCause.Disconnected);
        source.Tell(Noon + (70 * Second), new Alive(Noon + (70 * Second)));
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = (await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(10), Token)).Checkpoint;
        var range = new UtcRange(Noon, Noon + (100 * Second));
        // The journal is ahead: what has not been pulled yet is not a gap.
        var half = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal([new UtcRange(Noon, Noon + (20 * Second))], half.Windows);
        Assert.Empty(half.Gaps);
        Assert.Equal(Noon + (20 * Second), (await store.Reader.InfoAsync(Token)).KnownUntilUs);

        await store.CommitAsync(at, source.Pull(), Token);
        var whole = await store.Reader.TimelineAsync(range, Token);
        Assert.Equal([new UtcRange(Noon, Noon + (70 * Second))], whole.Windows);
        Assert.Equal([new Gap(Noon + (60 * Second), Noon + (70 * Second), GapCause.Disconnected, null)], whole.Gaps);
        Assert.Equal(Noon + (70 * Second), (await store.Reader.InfoAsync(Token)).KnownUntilUs);
    }

    [Fact]
    public async Task A_source_without_a_journal_is_kept_the_same_way()
    {
        var source = new SourceRecording();
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var later = Noon + (60 * Second);
        var told = source.Open(Noon).Record(2).Close().Open(later).Record(1).Pull();
        PulledBatch AsVersion1(params PulledSegment[] segments) =>
            new()
            {
                Journal = [.. told.Journal.Select(e => e with { Seq = 0 })],
                Segments = [.. segments.Select(s => s with { Sha256 = default })],
                NextId = segments[^1].SourceId + 1,
                JournalSeq = 0,
            };
        at = (await store.CommitAsync(at, AsVersion1(told.Segments[0]), Token)).Checkpoint;
        Assert.False((await store.Reader.SectionAsync(Noon, Token))!.Ended);
        at = (await store.CommitAsync(at, AsVersion1(told.Segments[1], told.Segments[2]), Token)).Checkpoint;
        Assert.Equal(0, at.JournalSeq);
        var sections = await store.Reader.SectionsAsync(new SectionQuery(), Token);
        Assert.Equal([(Noon, true, 2L), (later, false, 1L)], sections.Select(s => (s.Id, s.Ended, s.Segments)));
    }

    [Fact]
    public async Task A_reader_sees_whole_batches_only()
    {
        var source = new SourceRecording().Open(Noon);
        await using var store = await Stores.OpenOrCreateAsync(source.Show, Token);
        var writing = Task.Run(
            async () =>
            {
                var at = await store.ClaimAsync(Token);
                for (var i = 0; i < 30; i++)
                {
                    at = (await store.CommitAsync(at, source.Record(7).Pull(), Token)).Checkpoint;
                }
            },
            Token
        );
        var seen = 0;
        bool last;
        do
        {
            last = writing.IsCompleted;
            var segments = await store.Reader.SegmentsAsync(new SegmentQuery(), Token);
            Assert.Equal(0, segments.Count % 7);
            Assert.True(segments.Count >= seen, "what was there does not go");
            Assert.Equal(Enumerable.Range(1, segments.Count).Select(i => (long)i), segments.Select(s => s.Id));
            seen = segments.Count;
        } while (!last);

        await writing;
        Assert.Equal(210, seen);
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

using System.Collections.Concurrent;
using System.Globalization;
using AudioRelay.Host.Roles;
using AudioRelay.Storage;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Feed;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Host.Tests.Roles;

public sealed class ReceiverProcessTests
{
    private static readonly TimeSpan Split = TimeSpan.FromMilliseconds(200);

    /// <summary>How many commits are timed; AUDIORELAY_DELAY_COMMITS=100 for a figure.</summary>
    private static readonly int Commits = int.Parse(
        Environment.GetEnvironmentVariable("AUDIORELAY_DELAY_COMMITS") ?? "15",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task What_a_recorder_commits_is_playable_here_within_half_a_second()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await relay.StartReceiver();
        await Until(relay, show => show is { State: ShowSyncState.UpToDate, ReadId: > 0 });

        var committed = new ConcurrentDictionary<long, long>();
        var delays = new List<double>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(RelayPair.Token);
        var watching = Watch(
            relay.Recorder!.Feed,
            position =>
            {
                committed.TryAdd(position.MaxId, TimeProvider.System.GetTimestamp());
                return true;
            },
            enough.Token
        );
        await Watch(
                relay.Receiver!.Feed,
                position =>
                {
                    // Its first segment is the recorder's first one here, so the ids are the same.
                    if (committed.TryGetValue(position.MaxId, out var at))
                    {
                        delays.Add(TimeProvider.System.GetElapsedTime(at).TotalMilliseconds);
                        return delays.Count < Commits;
                    }

                    return true;
                },
                enough.Token
            )
            .Guarded("commits");
        await enough.CancelAsync();
        await watching;

        delays.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"delay over {delays.Count} commits: median {delays[delays.Count / 2]:0.0} ms, longest {delays[^1]:0.0} ms"
            )
        );
        Assert.InRange(delays[delays.Count / 2], 0, 500);
    }

    [Fact]
    public async Task What_is_kept_is_byte_for_byte_the_recorders_over_restarts_of_both_and_lists_while_the_recorder_is_away()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await relay.StartReceiver();
        var before = await Until(relay, show => show is { State: ShowSyncState.UpToDate, ReadId: > 5 });
        await relay.StopReceiver();
        await relay.StartReceiver();
        await Until(relay, show => show.ReadId > before.ReadId + 5);
        await relay.StopRecorder();
        await Until(relay, show => show.State == ShowSyncState.RecorderAway);
        await relay.StopReceiver();

        // The address is that of a recorder which is not there any more.
        var options = relay.Options(new Uri("http://127.0.0.1:9/"));
        await using (var alone = await ReceiverProcess.StartAsync(options, serves: true, relay.Context(), RelayPair.Token))
        {
            Assert.Equal("news", Assert.Single(alone.Receiver.Shows).Name);
            using var client = new HttpClient { BaseAddress = alone.Address };
            Assert.Contains("\"news\"", await client.GetStringAsync("api/shows", RelayPair.Token), StringComparison.Ordinal);
            var playlist = await client.GetStringAsync("api/show/news/playlist.m3u8", RelayPair.Token);
            Assert.Contains(".mp3", playlist, StringComparison.Ordinal);
            Assert.Contains("recorder_away", await client.GetStringAsync("api/sync/status", RelayPair.Token), StringComparison.Ordinal);
        }

        await relay.StartRecorder(Split); // its file as it was left, and on with it
        await relay.StartReceiver();
        var end = await Until(relay, show => show is { State: ShowSyncState.UpToDate } && show.ReadId > before.ReadId + 10);
        await relay.StopRecorder();
        await AssertSame(relay, end.ReadId);
    }

    [Fact]
    public async Task One_pass_says_a_line_for_each_show_and_ends_with_0_only_if_all_got_there()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await Committed(relay.Recorder!.Feed, 5);
        Assert.Equal(ExitCodes.Done, await ReceiverRole.SyncOnceAsync(relay.Options(), relay.Context(), RelayPair.Token));
        Assert.Matches("^news: up_to_date at ([0-9]+) of \\1\n$", relay.Out.ToString());
        Assert.Equal("", relay.Error.ToString());

        var nowhere = relay.Options(new Uri("http://127.0.0.1:9/"));
        Assert.Equal(ExitCodes.Failed, await ReceiverRole.SyncOnceAsync(nowhere, relay.Context(), RelayPair.Token));
        Assert.Matches("^audiorelay: remote: Nothing listens at http://127.0.0.1:9/.*\n$", relay.Error.ToString());
        Assert.Matches("\nnews: recorder_away at [0-9]+\n$", relay.Out.ToString());
    }

    [Fact]
    public async Task A_source_that_was_made_anew_is_gone_on_with_by_command()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await relay.StartReceiver();
        var before = await Until(relay, show => show is { State: ShowSyncState.UpToDate, ReadId: > 3 });
        await relay.StopRecorder();
        Directory.Delete(relay.RecorderFolder, recursive: true);
        await relay.StartRecorder(Split);
        await relay.StopReceiver();
        await relay.StartReceiver();
        await Until(relay, show => show.State == ShowSyncState.SourceReplaced);
        await relay.StopReceiver();
        await Committed(relay.Recorder!.Feed, 3);

        Assert.Equal(ExitCodes.Done, await ReplaceSourceRole.RunAsync(relay.Options(), "news", relay.Context(), RelayPair.Token));
        Assert.Contains("'news' goes on with db_", relay.Out.ToString(), StringComparison.Ordinal);
        await relay.StartReceiver();
        await Until(relay, show => show is { State: ShowSyncState.UpToDate, ReadId: > 0 });
        var kept = await relay.Receiver!.Receiver.Shows[0].Store.Reader.InfoAsync(RelayPair.Token);
        Assert.True(kept.MaxId > before.ReadId, "what was kept stays, and the new source's segments follow");
    }

    [Fact]
    public async Task A_source_that_is_still_the_same_and_an_unknown_show_are_refused_with_the_reason()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await Committed(relay.Recorder!.Feed, 2);
        await ReceiverRole.SyncOnceAsync(relay.Options(), relay.Context(), RelayPair.Token);

        Assert.Contains("there is nothing to do", await Refused("news"), StringComparison.Ordinal);
        Assert.Contains("There is no show 'olds' here", await Refused("olds"), StringComparison.Ordinal);

        async Task<string> Refused(string show) =>
            (
                await Assert.ThrowsAsync<CliException>(() =>
                    ReplaceSourceRole.RunAsync(relay.Options(), show, relay.Context(), RelayPair.Token)
                )
            ).Message;
    }

    [Fact]
    public async Task Who_looks_at_the_running_receiver_sees_its_tree()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(Split);
        await relay.StartReceiver();
        await Until(relay, show => show is { State: ShowSyncState.UpToDate, ReadId: > 1 });
        using var folder = new Config.ConfigFolder();
        var run = await Cli.CommandLineRun.Of(folder, "actors", "tree", "--data", relay.ReceiverFolder);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("(up_to_date|queued|pulling) since", run.Out); // the recorder goes on meanwhile
        Assert.Contains("tells of commits", run.Out, StringComparison.Ordinal);
    }

    private static async Task<ShowSyncStatus> Until(RelayPair relay, Func<ShowSyncStatus, bool> isSo)
    {
        async Task<ShowSyncStatus> Find()
        {
            await foreach (var report in relay.Receiver!.Receiver.Board.Follow(RelayPair.Token))
            {
                if (report.Shows.FirstOrDefault(s => s.Show == "news") is { } found && isSo(found))
                {
                    return found;
                }
            }

            throw new InvalidOperationException("The board ended.");
        }

        return await Find().Guarded("the show");
    }

    private static Task Committed(CommitFeed feed, long id) => Watch(feed, p => p.MaxId < id, RelayPair.Token).Guarded($"segment {id}");

    private static async Task Watch(CommitFeed feed, Func<ShowPosition, bool> goesOn, CancellationToken token)
    {
        try
        {
            await foreach (var position in feed.Follow(token))
            {
                if (!goesOn(position))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Seen enough.
        }
    }

    private static async Task AssertSame(RelayPair relay, long until)
    {
        await using var recorded = SqliteShowReader.Open(Path.Combine(relay.RecorderFolder, "news.sqlite"), immutable: false);
        var kept = relay.Receiver!.Receiver.Shows[0].Store.Reader;
        var theirs = await recorded.ReadSegmentsAsync(1, until, int.MaxValue, long.MaxValue, RelayPair.Token);
        var ours = await kept.ReadSegmentsAsync(1, until, int.MaxValue, long.MaxValue, RelayPair.Token);
        Assert.Equal(theirs.Count, ours.Count);
        foreach (var (a, b) in theirs.Zip(ours))
        {
            Assert.Equal(
                (a.Info.SectionId, a.Info.FirstSample, a.Info.TimestampMs),
                (b.Info.SectionId, b.Info.FirstSample, b.Info.TimestampMs)
            );
            Assert.True(a.Data.AsSpan().SequenceEqual(b.Data), $"segment {a.Info.Id}");
        }
    }
}

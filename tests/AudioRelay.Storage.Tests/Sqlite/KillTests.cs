using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

/// <summary>I1: what was acknowledged is there after kill -9, byte for byte. The witness is the pipe to the parent.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string This = "AudioRelay.Storage.Tests.Sqlite.KillTests.";
    private const long Noon = 1_790_000_000_000_000;

    [Fact]
    public async Task Every_acknowledged_segment_survives_kill_9_at_a_random_moment()
    {
        using var folder = new TempFolder();
        var path = folder.File("show.sqlite");
        var random = new Random(20261120);
        var acknowledged = new Dictionary<long, string>();
        for (var round = 0; round < 6; round++)
        {
            using var child = new ChildProcess(This + nameof(Child_commits_until_it_is_killed), path);
            for (var left = random.Next(1, 80); left > 0; left--)
            {
                Note(acknowledged, await child.HearAsync());
            }

            child.Kill();
            while (await child.HearAsync() is { } late)
            {
                Note(acknowledged, late);
            }

            await child.EndAsync();
            Assert.Equal("ok", Sql.Scalar(path, "pragma integrity_check"));
            await using var reader = SqliteShowReader.Open(path);
            foreach (var (id, hash) in acknowledged)
            {
                var segment = (await reader.SegmentAsync(id)).Segment;
                Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(segment!.Data)));
                Assert.Equal(hash, Convert.ToHexString(segment.Info.Sha256!));
            }
        }

        output.WriteLine($"{acknowledged.Count} acknowledged segments, none lost");
        Assert.True(acknowledged.Count > 6);
    }

    [Fact(Explicit = true)]
    public void Child_commits_until_it_is_killed()
    {
        if (ChildProcess.Database is not { } path)
        {
            return;
        }

        using var store = Recording.Create(path);
        if (store.LastSection is { Ended: false } open)
        {
            store.Commit(new StoreBatch().Add(0, new SectionClosed(open.Id, EndCause.NotRunning, open.Samples, 0, 0)));
        }

        var recording = new Recording(store);
        var batch = recording.OpenBatch(Math.Max(Noon, store.CoveredUntilUs ?? 0));
        while (true)
        {
            var segment = recording.Next(96000, 20_000);
            var result = store.Commit(batch.Add(segment));
            ChildProcess.Say($"{result.FirstSegmentId} {Convert.ToHexString(SHA256.HashData(segment.Data.Span))}");
            batch = new StoreBatch();
        }
    }

    private static void Note(Dictionary<long, string> acknowledged, string? line)
    {
        Assert.NotNull(line);
        var parts = line.Split(' ');
        if (parts is [var id, { Length: 64 } hash])
        {
            acknowledged.Add(long.Parse(id), hash);
        }
    }
}

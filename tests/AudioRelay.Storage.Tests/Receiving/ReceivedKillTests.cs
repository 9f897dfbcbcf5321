using AudioRelay.Storage.Receiving.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>I1 and I2 for a receiver: after kill -9 in mid-commit what was acknowledged is there, and a pull goes on without a repeat.</summary>
public sealed class ReceivedKillTests(ITestOutputHelper output)
{
    private const string This = "AudioRelay.Storage.Tests.Receiving.ReceivedKillTests.";
    private const long Noon = 1_790_000_000_000_000;
    private const int PerBatch = 5;
    private const int Size = 20_000;

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_and_the_pull_goes_on_behind_it()
    {
        using var folder = new TempFolder();
        var random = new Random(20261120);
        var acknowledged = 0L;
        for (var round = 0; round < 5; round++)
        {
            using var child = new ChildProcess(This + nameof(Child_commits_pulls_until_it_is_killed), folder.Path);
            for (var left = random.Next(1, 30); left > 0; left--)
            {
                acknowledged = Read(await child.HearAsync());
            }

            child.Kill();
            while (await child.HearAsync() is { } late)
            {
                // The kill may have cut the last line short.
                acknowledged = Math.Max(acknowledged, long.TryParse(late, out var next) ? next : 0);
            }

            await child.EndAsync();
            await using var stores = SqliteReceivedStores.Open(folder.Path, TimeProvider.System, new Random(1));
            await using var store = await stores.OpenAsync("show");
            var at = await store.CheckpointAsync();
            Assert.True(at.NextId >= acknowledged, $"segment {acknowledged} was acknowledged, and the store is at {at.NextId}");
            Assert.Equal(1, at.NextId % PerBatch); // whole batches
            var segments = await store.Reader.ReadSegmentsAsync(1, long.MaxValue, int.MaxValue, long.MaxValue);
            Assert.Equal(Enumerable.Range(1, (int)at.NextId - 1).Select(i => (long)i), segments.Select(s => s.Info.Id));
            Assert.All(segments, s => Assert.Equal(SourceRecording.Bytes(s.Info.Id, Size), s.Data));
            Assert.Equal((at.NextId - 1) * 96_000, (await store.Reader.SectionAsync(Noon))!.Samples);
        }

        output.WriteLine($"{acknowledged - 1} acknowledged segments, none lost, none twice");
        Assert.True(acknowledged > PerBatch);
    }

    [Fact(Explicit = true)]
    public async Task Child_commits_pulls_until_it_is_killed()
    {
        if (ChildProcess.Database is not { } folder)
        {
            return;
        }

        await using var stores = SqliteReceivedStores.Open(folder, TimeProvider.System, new Random(1));
        await using var store = await stores.OpenOrCreateAsync(new SourceRecording().Show);
        var at = await store.ClaimAsync();
        var source = new SourceRecording(firstId: at.NextId).Open(Noon);
        if (at.NextId > 1)
        {
            // The same recording goes on: what it told of the section is known already.
            source.Skip((at.NextId - 1) * 96_000);
        }

        while (true)
        {
            var batch = source.Record(PerBatch, data: id => SourceRecording.Bytes(id, Size)).Pull();
            at = (await store.CommitAsync(at, batch with { JournalSeq = Math.Max(at.JournalSeq, batch.JournalSeq) })).Checkpoint;
            ChildProcess.Say($"{at.NextId}");
        }
    }

    private static long Read(string? line)
    {
        Assert.NotNull(line);
        return long.TryParse(line, out var next) ? next : 0;
    }
}

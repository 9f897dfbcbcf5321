using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.SyncApi;

/// <summary>Our client reads our recorder through a network that fails in every way: what it accepts is what was recorded.</summary>
public sealed class RecorderClientChaosTests : IAsyncLifetime
{
    private const int Faults = 200;
    private const int Kinds = 8;

    private readonly ManualTime _time = new();
    private readonly Random _chance = new(20261120);
    private readonly ShowFile _file = new ShowFile(name: "news")
        .Open(SyncedShow.First)
        .Add(30, 96_000)
        .Journal(SyncedShow.First + 1, new WindowOpened(SyncedShow.First * 1000))
        .Close()
        .Open(SyncedShow.Second)
        .Add(30, 96_000);
    private SyncServer _server = null!;
    private ChaosProxy _proxy = null!;
    private RecorderClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SyncServer.Start(_file);
        _proxy = new ChaosProxy(_server.Client.BaseAddress!, TimeProvider.System, new Random(7));
        _client = new RecorderClient(new RecorderClientOptions(_proxy.Through(_server.Client.BaseAddress!)), _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Two_hundred_faults_later_every_byte_is_the_one_that_was_recorded()
    {
        var stored = await _file.Reader.ReadSegmentsAsync(1, 60, 100, long.MaxValue, Token);
        var journal = await _file.Reader.JournalAsync(0, 100, Token);
        var failed = new int[Kinds];
        var from = 1L;
        var seq = 0L;
        var wholes = 0;
        for (var fault = 0; fault < Faults || from <= 60; fault++)
        {
            if (from > 60)
            {
                (from, seq) = (1, 0); // once more from the beginning, until there were faults enough
                wholes++;
            }

            var kind = fault < Faults ? fault % Kinds : -1;
            try
            {
                (from, seq) = await Pull(kind, from, seq, stored, journal);
            }
            catch (Exception error) when (error is RecorderException or OperationCanceledException && !Token.IsCancellationRequested)
            {
                Assert.True(kind >= 0, $"without a fault: {error}");
                failed[kind]++;
            }

            await Calm();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{wholes + 1} whole reads; failed by kind: {string.Join(", ", failed)}");
        Assert.True(failed.Take(6).All(count => count > 0), $"a fault that never hurt tests nothing: {string.Join(", ", failed)}");
        Assert.Equal([0, 0], failed[6..]); // slices and delays hurt nobody
    }

    private async Task<(long From, long Seq)> Pull(
        int kind,
        long from,
        long seq,
        IReadOnlyList<Segment> stored,
        IReadOnlyList<JournalEntry> journal
    )
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(3), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Token, enough.Token);
        await Break(kind);
        var page = (await Hurt(kind, _client.JournalAsync("news", seq, kind is 4 or 5 ? either.Token : Token)))!;
        Assert.Equal(journal.Where(entry => entry.Seq > seq), page.Entries);
        using var batch = await _client.SegmentsAsync("news", from, 60, 7, 1 << 20, kind is 4 or 5 ? either.Token : Token);
        Assert.Equal(WireVersion.Two, batch.Version);
        foreach (var segment in batch.Segments)
        {
            var expected = stored[(int)from - 1];
            Assert.Equal((expected.Info.Id, expected.Info.SectionId), (segment.Id, segment.SectionId));
            Assert.Equal((expected.Info.TimestampMs, expected.Info.DurationSamples), (segment.TimestampMs, segment.DurationSamples));
            Assert.Equal(expected.Data, segment.Data.ToArray());
            from++;
        }

        return (from, page.LastSeq);
    }

    private async Task Break(int kind)
    {
        switch (kind)
        {
            case 0:
                _proxy.Cut();
                _proxy.FromServer = new ChaosRules { CutAfterBytes = _chance.Next(16_000) };
                break;
            case 1:
                _proxy.Reset();
                _proxy.FromClient = new ChaosRules { CutAfterBytes = _chance.Next(600) };
                break;
            case 2:
                _proxy.Cut();
                _proxy.Refuses = true;
                break;
            case 3:
                await _client.MetadataAsync("news", Token); // so that there is a line, which then goes dead
                _proxy.HalfOpen();
                break;
            case 4:
                _proxy.FromServer = new ChaosRules { CorruptPerMille = _chance.NextDouble() };
                break;
            case 5:
                _proxy.FromClient = new ChaosRules { CorruptPerMille = 5 * _chance.NextDouble() };
                break;
            case 6:
                _proxy.FromServer = new ChaosRules { SliceBytes = _chance.Next(20, 400) };
                _proxy.FromClient = new ChaosRules { SliceBytes = _chance.Next(1, 50) };
                break;
            case 7:
                _proxy.FromServer = new ChaosRules { Delay = TimeSpan.FromMilliseconds(_chance.Next(1, 20)) };
                break;
        }
    }

    private async Task<T> Hurt<T>(int kind, Task<T> asked)
    {
        if (kind == 3)
        {
            await _time.Armed(TimeSpan.FromSeconds(15));
            _time.Advance(TimeSpan.FromSeconds(15));
        }

        return await asked.Guarded("an answer, or the client giving up");
    }

    private async Task Calm()
    {
        _proxy.FromServer = new ChaosRules();
        _proxy.FromClient = new ChaosRules();
        _proxy.Refuses = false;
        _proxy.Reset(); // what is frozen or damaged is not used again
        try
        {
            await _client.MetadataAsync("news", Token);
        }
        catch (RecorderException)
        {
            await _client.MetadataAsync("news", Token); // the first one was asked over a line that had just been reset
        }
    }
}

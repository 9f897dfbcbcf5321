using AudioRelay.Http.Hls;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Hls;

public sealed class SegmentCacheTests : IDisposable
{
    private readonly ShowFile _file = new();
    private readonly ManualTime _time = new();
    private int _loads;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_hundred_who_ask_for_one_segment_at_once_cost_one_read()
    {
        var cache = new SegmentCache(1000, _time);
        var read = new TaskCompletionSource<SegmentAnswer>();
        var asked = Enumerable.Range(0, 100).Select(_ => cache.GetAsync(Key(1), _ => Count(read.Task)).AsTask()).ToArray();
        read.SetResult(Sound(10));
        var answers = await Task.WhenAll(asked);
        Assert.All(answers, answer => Assert.Same(answers[0].Body, answer.Body));
        Assert.Equal(1, _loads);
        await cache.GetAsync(Key(1), _ => Count(read.Task));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task It_holds_as_many_bytes_as_it_may_and_forgets_what_was_not_asked_for_longest()
    {
        var cache = new SegmentCache(1000, _time);
        for (var id = 1; id <= 10; id++)
        {
            await cache.GetAsync(Key(id), _ => Count(Task.FromResult(Sound(100))));
        }

        Assert.Equal(1000, cache.Bytes);
        await cache.GetAsync(Key(1), _ => throw new InvalidOperationException("It was here."));
        await cache.GetAsync(Key(11), _ => Count(Task.FromResult(Sound(100))));
        Assert.Equal((1000, 11), (cache.Bytes, _loads));
        await cache.GetAsync(Key(1), _ => throw new InvalidOperationException("It was asked for a moment ago."));
        await cache.GetAsync(Key(2), _ => Count(Task.FromResult(Sound(100))));
        Assert.Equal(12, _loads);
    }

    [Fact]
    public async Task One_that_is_too_large_for_it_is_sent_and_not_kept()
    {
        var cache = new SegmentCache(1000, _time);
        Assert.Equal(500, (await cache.GetAsync(Key(1), _ => Count(Task.FromResult(Sound(500))))).Body.Length);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task That_there_is_none_is_asked_again_each_time()
    {
        var cache = new SegmentCache(1000, _time);
        var none = SegmentAnswer.Refused(PlaylistRefusal.NotFound("none"));
        await cache.GetAsync(Key(1), _ => Count(Task.FromResult(none)));
        var later = await cache.GetAsync(Key(1), _ => Count(Task.FromResult(Sound(10))));
        Assert.Equal((10, 2), (later.Body.Length, _loads));
    }

    [Fact]
    public async Task A_store_that_fails_once_is_asked_again_and_all_who_waited_are_told()
    {
        var cache = new SegmentCache(1000, _time);
        var read = new TaskCompletionSource<SegmentAnswer>();
        var asked = Enumerable.Range(0, 3).Select(_ => cache.GetAsync(Key(1), _ => Count(read.Task)).AsTask()).ToArray();
        read.SetException(new IOException("gone"));
        foreach (var one in asked)
        {
            await Assert.ThrowsAsync<IOException>(() => one);
        }

        Assert.Equal(10, (await cache.GetAsync(Key(1), _ => Count(Task.FromResult(Sound(10))))).Body.Length);
    }

    [Fact]
    public async Task After_a_while_it_is_looked_up_again_since_retention_may_have_removed_it()
    {
        var cache = new SegmentCache(1000, _time);
        await cache.GetAsync(Key(1), _ => Count(Task.FromResult(Sound(10))));
        _time.Advance(SegmentCache.Lifetime + TimeSpan.FromMilliseconds(1));
        var gone = await cache.GetAsync(Key(1), _ => Count(Task.FromResult(SegmentAnswer.Refused(PlaylistRefusal.Gone("gone")))));
        Assert.Equal(410, gone.Refusal?.Status);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task Forms_and_stores_are_kept_apart()
    {
        using var other = new ShowFile(name: "other");
        var cache = new SegmentCache(1000, _time);
        await cache.GetAsync(Key(1), _ => Count(Task.FromResult(Sound(10))));
        await cache.GetAsync(Key(1) with { Kind = SegmentKind.Wav }, _ => Count(Task.FromResult(Sound(11))));
        await cache.GetAsync(Key(1) with { Reader = other.Reader }, _ => Count(Task.FromResult(Sound(12))));
        Assert.Equal((3, 33), (_loads, cache.Bytes));
    }

    private static SegmentAnswer Sound(int bytes) => new(new byte[bytes], "tag", "mark");

    private SegmentKey Key(long id) => new(_file.Reader, SegmentKind.Opus, id);

    private Task<SegmentAnswer> Count(Task<SegmentAnswer> answer)
    {
        _loads++;
        return answer;
    }
}

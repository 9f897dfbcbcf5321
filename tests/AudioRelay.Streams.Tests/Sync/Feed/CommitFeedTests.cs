using AudioRelay.Streams.Sync.Feed;

namespace AudioRelay.Streams.Tests.Sync.Feed;

public sealed class CommitFeedTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_follower_hears_the_present_and_then_every_change()
    {
        var feed = new CommitFeed();
        feed.Publish(new("a", "s", 1, 1));
        await using var follower = feed.Follow(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await follower.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal(new("a", "s", 1, 1), follower.Current);

        var next = follower.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        feed.Publish(new("b", "t", 5, 9));
        Assert.True(await next.WaitAsync(Guard));
        Assert.Equal(new("b", "t", 5, 9), follower.Current);
    }

    [Fact]
    public async Task A_slow_follower_gets_the_last_position_and_not_all_of_them()
    {
        var feed = new CommitFeed();
        feed.Publish(new("a", "s", 0, 0));
        await using var follower = feed.Follow(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        await follower.MoveNextAsync().AsTask().WaitAsync(Guard);
        for (var id = 1; id <= 1000; id++)
        {
            feed.Publish(new("a", "s", id, id));
        }

        Assert.True(await follower.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal(1000, follower.Current.MaxId);
        var next = follower.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        feed.Publish(new("a", "s", 1001, 1001));
        Assert.True(await next.WaitAsync(Guard));
    }

    [Fact]
    public async Task A_follower_that_leaves_is_forgotten()
    {
        var feed = new CommitFeed();
        feed.Publish(new("a", "s", 1, 1));
        await foreach (var _ in feed.Follow(TestContext.Current.CancellationToken))
        {
            Assert.Equal(1, feed.Followers);
            break;
        }

        Assert.Equal(0, feed.Followers);
        feed.Forget("a");
        Assert.Null(feed.Latest("a"));
    }
}

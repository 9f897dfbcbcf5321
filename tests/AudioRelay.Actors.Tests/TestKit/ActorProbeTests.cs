using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;

namespace AudioRelay.Actors.Tests.TestKit;

public sealed class ActorProbeTests
{
    private readonly ActorProbe<object> _probe = new("/there");

    [Fact]
    public async Task It_keeps_what_it_is_told_in_order_for_tests_to_await()
    {
        var next = _probe.Next<string>();
        Assert.False(next.IsCompleted);
        Assert.Equal([true, true, true], new object[] { "a", 2, 'c' }.Select(_probe.Tell));
        Assert.Equal("a", await next);
        Assert.Equal('c', await _probe.Until(message => message is char));
        Assert.Equal(["a", 2, 'c'], _probe.All);
        Assert.Equal(0, _probe.Unread);
    }

    [Fact]
    public async Task A_message_of_another_kind_fails_the_test_and_says_so()
    {
        _probe.Tell(2);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _probe.Next<string>());
        Assert.Equal("Awaited a String to /there, but the next message was 2.", error.Message);
    }

    [Fact]
    public async Task It_refuses_when_full_and_when_it_has_ended()
    {
        _probe.Full = true;
        Assert.False(_probe.Tell("a"));
        _probe.Full = false;
        Assert.True(_probe.Tell("b"));
        _probe.End(ActorEnd.Failed, new IOException());
        Assert.False(_probe.Tell("c"));
        Assert.Equal(ActorEnd.Failed, (await _probe.Ended).End);
        Assert.Equal(["b"], _probe.All);
    }
}

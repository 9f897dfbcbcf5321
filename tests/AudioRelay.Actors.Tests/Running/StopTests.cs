using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Running;

public sealed class StopTests : ActorTest
{
    private readonly ActorProbe<string> _told = new();

    [Fact]
    public async Task Children_stop_before_their_parents_and_each_cleans_up_once()
    {
        Family("grandparent", "parent", "child");
        await _told.Until(text => text == "/grandparent/parent/child is there");
        var report = await System.StopAsync().Guarded("the stop");
        Assert.True(report.Complete);
        Assert.Equal(
            ["/grandparent/parent/child ParentStopping", "/grandparent/parent ParentStopping", "/grandparent ParentStopping"],
            await _told.Take(3)
        );
        Assert.Equal(0, _told.Unread);
        Assert.Empty(System.Tree().Children);
    }

    [Fact]
    public async Task What_does_not_stop_within_the_limit_is_named()
    {
        var stuck = Stuck();
        Family("good", "child");
        System
            .Spawn<string>(
                "bad",
                self =>
                {
                    var child = self.Spawn<string>("stuck", _ => new LambdaActor<string>(_ => stuck.Enter()));
                    return new LambdaActor<string>(message => child.Tell(message));
                }
            )
            .Tell("go");
        await stuck.Entered;

        var stop = System.StopAsync(10 * Second);
        await Logged("/good", "ended: ParentStopping");
        await Time.Armed(10 * Second);
        Time.Advance(10 * Second);
        var report = await stop.Guarded("the report");

        Assert.False(report.Complete);
        Assert.Equal(10 * Second, report.Took);
        Assert.Equal(["/bad", "/bad/stuck"], report.NotStopped.Select(actor => actor.Path));
        Assert.Equal("String", report.NotStopped[1].Handling);

        stuck.LetGo();
        Assert.True((await System.StopAsync().Guarded("the second try")).Complete);
    }

    [Fact]
    public async Task Cleanup_that_hangs_is_left_behind_after_its_limit()
    {
        var hang = new TaskCompletionSource();
        var actor = System.Spawn<string>(
            "slow",
            _ => new LambdaActor<string>(_ => { }) { OnEnding = (_, token) => Hang(token) },
            new ActorOptions { EndLimit = 3 * Second }
        );
        System.Stop("/slow");
        await Time.Armed(3 * Second);
        Time.Advance(3 * Second);
        await actor.Ended.Guarded("the end");
        await Logged("/slow", "going on without its cleanup");
        await hang.Task.Guarded("the token of the cleanup to be cancelled");

        async Task Hang(CancellationToken token)
        {
            await using var registration = token.Register(hang.SetResult);
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public async Task Cleanup_that_fails_is_told_and_does_not_stop_the_stop()
    {
        var actor = System.Spawn<string>(
            "clumsy",
            _ => new LambdaActor<string>(_ => { }) { OnEnding = (_, _) => throw new IOException("dropped it") }
        );
        System.Stop("/clumsy");
        var line = await Logged("/clumsy", "its cleanup failed");
        Assert.Equal("dropped it", line.Error!.Message);
        await actor.Ended.Guarded("the end");
    }

    [Fact]
    public async Task An_actor_may_stop_itself_after_the_current_message()
    {
        var actor = System.Spawn<string>(
            "modest",
            self => new LambdaActor<string>(message =>
            {
                self.Stop();
                _told.Tell(message);
            })
        );
        actor.Tell("one");
        actor.Tell("two");
        Assert.Equal(ActorEnd.AskedToStop, (await actor.Ended.Guarded("the end")).End);
        Assert.Equal(["one"], _told.All);
        Assert.Null(System.Find("/modest/nobody"));
    }

    [Fact]
    public async Task Nothing_is_spawned_in_a_stopped_system()
    {
        await System.StopAsync().Guarded("the stop");
        Assert.Throws<InvalidOperationException>(() => Family("late"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void Names_that_would_need_escaping_in_a_path_are_refused(string name) => Assert.Throws<ArgumentException>(() => Family(name));

    private void Family(params string[] names) => System.Spawn<string>(names[0], self => Member(self, names[1..]));

    private LambdaActor<string> Member(IActorContext<string> self, string[] below)
    {
        if (below is [var next, .. var rest])
        {
            self.Spawn<string>(next, child => Member(child, rest));
        }

        _told.Tell($"{self.Path} is there");
        return new LambdaActor<string>(_ => { })
        {
            OnEnding = (end, _) =>
            {
                _told.Tell($"{self.Path} {end}");
                return Task.CompletedTask;
            },
        };
    }
}

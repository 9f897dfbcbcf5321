using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Supervision;

public sealed class WatchTests : ActorTest
{
    private readonly ActorProbe<object> _seen = new();

    [Fact]
    public async Task The_three_ends_of_a_child_are_told_apart()
    {
        var parent = Parent(Directive.Stop);
        parent.Tell("stop");
        Assert.Equal(ActorEnd.AskedToStop, (await _seen.Next<ActorEnded>()).End);

        parent.Tell("spawn");
        parent.Tell("fail");
        var failed = await _seen.Next<ActorEnded>();
        Assert.Equal((ActorEnd.Failed, "/parent/child"), (failed.End, failed.Path));
        Assert.Equal("poison", failed.Fault!.Message);

        parent.Tell("spawn");
        parent.Tell("tell");
        var child = Assert.IsType<ActorRef<string>>(await _seen.Next(), exactMatch: false);
        System.Stop("/parent");
        Assert.Equal(ActorEnd.ParentStopping, (await child.Ended.Guarded("the end of the child")).End);
        Assert.Equal(ActorEnd.AskedToStop, (await parent.Ended.Guarded("the end of the parent")).End);
        Assert.Equal(0, _seen.Unread);
    }

    [Fact]
    public async Task A_restart_is_no_end()
    {
        var parent = Parent(Directive.Restart);
        parent.Tell("fail");
        await Time.Armed(Second);
        Time.Advance(Second);
        await Logged("/parent/child", "restarted");
        Assert.Equal(0, _seen.Unread);
        parent.Tell("stop");
        Assert.Equal(ActorEnd.AskedToStop, (await _seen.Next<ActorEnded>()).End);
    }

    [Fact]
    public async Task Whoever_watches_a_child_that_has_gone_is_told_at_once()
    {
        var parent = Parent(Directive.Stop);
        parent.Tell("stop");
        await _seen.Next<ActorEnded>();
        parent.Tell("watch");
        Assert.Equal(ActorEnd.AskedToStop, (await _seen.Next<ActorEnded>()).End);
    }

    [Fact]
    public async Task Only_children_can_be_watched_or_stopped()
    {
        var stranger = System.Spawn<string>("stranger", _ => new LambdaActor<string>(_ => { }));
        System.Spawn<string>(
            "parent",
            self =>
            {
                _seen.Tell(Assert.Throws<ArgumentException>(() => self.Watch(stranger, _ => "")));
                _seen.Tell(Assert.Throws<ArgumentException>(() => self.Stop(stranger)));
                return new LambdaActor<string>(_ => { });
            }
        );
        await _seen.Next<ArgumentException>();
        await _seen.Next<ArgumentException>();
    }

    [Fact]
    public async Task A_childs_name_is_free_again_once_its_end_is_told()
    {
        var parent = Parent(Directive.Stop);
        parent.Tell("stop");
        await _seen.Next<ActorEnded>();
        parent.Tell("spawn");
        parent.Tell("spawn");
        var fault = await Logged("/parent", "InvalidOperationException");
        Assert.Contains("/parent/child: there is an actor of that name", fault.Text, StringComparison.Ordinal);
    }

    private ActorRef<object> Parent(Directive directive)
    {
        var policy = Restarts(1) with { Decide = _ => directive };
        return System.Spawn<object>(
            "parent",
            self =>
            {
                ActorRef<string> child = null!;
                Spawn();
                return new LambdaActor<object>(message =>
                {
                    switch (message)
                    {
                        case "stop":
                            self.Stop(child);
                            break;
                        case "spawn":
                            Spawn();
                            break;
                        case "watch":
                            self.Watch(child, news => news);
                            break;
                        case "tell":
                            _seen.Tell(child);
                            break;
                        case "fail":
                            child.Tell("poison");
                            break;
                        default:
                            _seen.Tell(message);
                            break;
                    }
                });

                void Spawn()
                {
                    child = self.Spawn<string>(
                        "child",
                        _ => new LambdaActor<string>(message => throw new InvalidOperationException(message)),
                        new ActorOptions { Supervision = policy }
                    );
                    self.Watch(child, news => news);
                }
            }
        );
    }
}

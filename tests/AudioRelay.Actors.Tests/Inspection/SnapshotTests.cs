using AudioRelay.Actors.Inspection;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Inspection;

public sealed class SnapshotTests : ActorTest
{
    private readonly ActorProbe<string> _told = new();

    [Fact]
    public async Task A_stuck_actor_is_seen_with_what_holds_it_and_what_waits_behind()
    {
        var stuck = Stuck();
        var handled = 0;
        var actor = System.Spawn<object>(
            "stuck",
            self =>
            {
                self.After(TimeSpan.FromHours(1), "later");
                return new LambdaActor<object>(message =>
                {
                    handled++;
                    if (message is Poison)
                    {
                        stuck.Enter();
                    }
                })
                {
                    OnDescribe = () => $"{handled} so far",
                };
            },
            new ActorOptions { MailboxCapacity = 9 }
        );
        actor.Tell("first");
        actor.Tell(new Poison("secret"));
        await stuck.Entered;
        var since = Time.GetUtcNow();
        Time.Advance(2 * Second);
        actor.Tell("waits 3 s");
        actor.Tell("waits 3 s too");
        Time.Advance(3 * Second);

        var seen = System.Find("/stuck")!;
        Assert.Equal(("/stuck", "LambdaActor", ActorStatus.Running), (seen.Path, seen.Type, seen.Status));
        Assert.Equal("1 so far", seen.State);
        Assert.Equal(("Poison", since, 5 * Second), (seen.Handling, seen.HandlingSince, seen.HandlingFor));
        Assert.Equal((2, 9, 3 * Second), (seen.QueueDepth, seen.QueueCapacity, seen.OldestWaiting));
        Assert.Equal((1L, 0L, 1, 0), (seen.Handled, seen.Rejected, seen.Pending, seen.Restarts));
        Assert.Null(seen.LastFault);

        stuck.LetGo();
        System.Stop("/stuck");
        await actor.Ended.Guarded("the end");
        Assert.Null(System.Find("/stuck"));
    }

    [Fact]
    public async Task An_actor_stuck_in_its_constructor_is_seen_too()
    {
        var stuck = Stuck();
        System.Spawn<string>(
            "unborn",
            _ =>
            {
                stuck.Enter();
                return new LambdaActor<string>(_ => { });
            }
        );
        await stuck.Entered;
        var seen = System.Find("/unborn")!;
        Assert.Equal((ActorStatus.Starting, "runtime:Start", "String"), (seen.Status, seen.Handling, seen.Type));
    }

    [Fact]
    public async Task The_tree_shows_parents_before_children_in_the_order_of_their_names()
    {
        System.Spawn<string>("b", self => Parent(self, "2", "1"));
        System.Spawn<string>("a", self => Parent(self));
        await _told.Take(2);
        Assert.Equal(["/", "/a", "/b", "/b/1", "/b/2"], System.Tree().Flatten().Select(actor => actor.Path));
        Assert.Equal(["1", "2"], System.Find("/b")!.Children);
        Assert.Equal("/b/1", System.Find("b/1/")!.Path);
        Assert.Null(System.Find("/b/3"));
        Assert.Null(System.Find("/b/1/x"));
    }

    [Fact]
    public async Task The_log_keeps_the_last_lines_of_an_actors_life_and_its_own()
    {
        var actor = System.Spawn<string>(
            "chatty",
            self => new LambdaActor<string>(message =>
            {
                self.Log(message);
                _told.Tell(message);
            })
        );
        actor.Tell(new string('x', 10_000));
        await _told.Next();
        Assert.Equal(["started", new string('x', 500)], System.Log("/chatty")!.Select(line => line.Text));
        for (var i = 0; i < 30; i++)
        {
            actor.Tell($"line {i}");
        }

        await _told.Take(30);
        var lines = System.Log("/chatty")!;
        Assert.Equal(Enumerable.Range(10, 20).Select(i => $"line {i}"), lines.Select(line => line.Text));
        Assert.All(lines, line => Assert.Equal((ActorLogKind.Note, "/chatty", Time.GetUtcNow()), (line.Kind, line.Path, line.At)));
        Assert.Null(System.Log("/nobody"));
    }

    [Fact]
    public async Task What_an_actor_warns_of_is_told_from_what_it_says()
    {
        var actor = System.Spawn<string>(
            "wary",
            self => new LambdaActor<string>(message =>
            {
                self.Warn(message);
                _told.Tell(message);
            })
        );
        actor.Tell("the line is dead");
        await _told.Next();
        Assert.Equal((ActorLogKind.Trouble, "the line is dead"), System.Log("/wary")!.Select(line => (line.Kind, line.Text)).Last());
    }

    [Fact]
    public async Task A_state_that_cannot_be_told_is_a_fault()
    {
        var actor = System.Spawn<string>(
            "dumb",
            _ => new LambdaActor<string>(_ => { }) { OnDescribe = () => throw new FormatException("no words") },
            new ActorOptions { Supervision = Restarts(0, AudioRelay.Actors.Supervision.Directive.Stop) }
        );
        var news = await actor.Ended.Guarded("the end");
        Assert.IsType<FormatException>(news.Fault);
    }

    private LambdaActor<string> Parent(IActorContext<string> self, params string[] children)
    {
        foreach (var child in children)
        {
            self.Spawn<string>(child, _ => new LambdaActor<string>(_ => { }));
        }

        _told.Tell(self.Path);
        return new LambdaActor<string>(_ => { });
    }

    private sealed record Poison(string Text);
}

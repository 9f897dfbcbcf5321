using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Supervision;

public sealed class RestartTests : ActorTest
{
    private readonly ActorProbe<string> _told = new();
    private readonly ActorOptions _options = new() { Supervision = Restarts(2), MailboxCapacity = 3 };

    [Fact]
    public async Task A_failed_actor_is_replaced_after_its_delay_and_what_waited_in_its_mailbox_is_handled()
    {
        var actor = System.Spawn<string>("worker", Worker, _options);
        actor.Tell("fail");
        await Time.Armed(Second);
        Assert.Equal([true, true, true, false], new[] { "a", "b", "c", "d" }.Select(actor.Tell));
        Time.Advance(Second - TimeSpan.FromTicks(1));

        var waiting = System.Find("/worker")!;
        Assert.Equal((ActorStatus.Restarting, 3, 1L), (waiting.Status, waiting.QueueDepth, waiting.Rejected));
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromTicks(1), waiting.RestartAt);
        Assert.Equal("InvalidOperationException: fail", waiting.LastFault!.Text);

        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["2:a", "2:b", "2:c"], await _told.Take(3));
        var running = System.Find("/worker")!;
        Assert.Equal((ActorStatus.Running, 1, null), (running.Status, running.Restarts, running.RestartAt));
        Assert.NotNull(running.LastFault);
        Assert.False(actor.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_spent_budget_fails_the_parent_which_starts_afresh_with_new_children()
    {
        var parent = System.Spawn<string>(
            "parent",
            self =>
            {
                var child = self.Spawn<string>("child", Worker, _options);
                return new LambdaActor<string>(message => child.Tell(message));
            },
            _options
        );
        foreach (var delay in new[] { 1, 2, 1 })
        {
            parent.Tell("fail");
            await Time.Armed(delay * Second);
            Time.Advance(delay * Second);
        }

        parent.Tell("hello");
        Assert.Equal("1:hello", await _told.Next());
        var fault = Assert.IsType<EscalatedException>(System.Find("/parent")!.LastFault!.Error);
        Assert.Equal("/parent/child", fault.Path);
        Assert.Equal("fail", fault.InnerException!.Message);
        Assert.Equal((1, 0), (System.Find("/parent")!.Restarts, System.Find("/parent/child")!.Restarts));
        Assert.False(System.FatalFault.IsCompleted);
    }

    [Fact]
    public async Task A_fault_that_reaches_the_root_is_reported_as_fatal_and_the_others_live_on()
    {
        var other = System.Spawn<string>("other", Worker, _options);
        var actor = System.Spawn<string>("worker", Worker, _options with { Supervision = Restarts(0) });
        actor.Tell("fail");
        var fatal = await System.FatalFault.Guarded("the fatal fault");
        Assert.Equal("/worker", Assert.IsType<EscalatedException>(fatal.Error).Path);
        Assert.Equal(ActorEnd.Failed, (await actor.Ended.Guarded("the end")).End);
        other.Tell("still here");
        Assert.Equal("1:still here", await _told.Next());
    }

    [Fact]
    public async Task A_constructor_that_throws_spends_the_budget_too()
    {
        var attempts = 0;
        var actor = System.Spawn<string>(
            "stillborn",
            self => ++attempts < 3 ? throw new InvalidOperationException($"attempt {attempts}") : Worker(self),
            _options
        );
        await Time.Armed(Second);
        Assert.Equal("InvalidOperationException: attempt 1", System.Find(actor.Path)!.LastFault!.Text);
        Time.Advance(Second);
        await Time.Armed(2 * Second);
        actor.Tell("born");
        Time.Advance(2 * Second);
        Assert.Equal("3:born", await _told.Next());
    }

    [Fact]
    public async Task An_escalated_fault_ends_the_instance_as_a_thrown_one_would()
    {
        var actor = System.Spawn<string>(
            "worker",
            self => new LambdaActor<string>(message =>
            {
                self.Escalate(new IOException("disk"));
                _told.Tell($"{self.Incarnation}:{message}");
            }),
            _options
        );
        actor.Tell("a");
        actor.Tell("b");
        Assert.Equal("1:a", await _told.Next());
        await Time.Armed(Second);
        Assert.Equal("IOException: disk", System.Find(actor.Path)!.LastFault!.Text);
        Assert.Equal(0, _told.Unread);
        Time.Advance(Second);
        Assert.Equal("2:b", await _told.Next());
    }

    [Fact]
    public async Task A_person_may_restart_an_actor_at_any_time_without_spending_its_budget()
    {
        var actor = System.Spawn<string>("worker", Worker, _options);
        actor.Tell("a");
        Assert.Equal("1:a", await _told.Next());
        Assert.True(System.Restart("/worker"));
        await Logged("/worker", "restarted, instance 2");

        actor.Tell("fail");
        await Time.Armed(Second); // the first delay, so nothing was spent
        Assert.True(System.Restart("/worker"));
        actor.Tell("b");
        Assert.Equal("3:b", await _told.Next());
        Assert.Empty(Time.ArmedTimers);
        Assert.Equal(2, System.Find("/worker")!.Restarts);
        Assert.False(System.Restart("/nobody"));
        Assert.False(System.Restart("/"));
    }

    [Fact]
    public async Task A_decision_that_comes_late_does_not_apply_to_another_fault()
    {
        var stuck = Stuck();
        var probe = new ActorProbe<ActorRef<string>>();
        var parent = System.Spawn<string>(
            "parent",
            self =>
            {
                probe.Tell(self.Spawn<string>("child", Worker, _options));
                return new LambdaActor<string>(_ => stuck.Enter());
            }
        );
        var child = await probe.Next();
        parent.Tell("get stuck");
        await stuck.Entered;
        child.Tell("fail");
        await Logged(child.Path, "InvalidOperationException");
        System.Restart(child.Path);
        await Logged(child.Path, "restarted, instance 2");
        child.Tell("fail");
        await Logged(child.Path, "InvalidOperationException");

        stuck.LetGo(); // now both faults are decided: one second for the first, two for the second
        await Time.Armed(2 * Second);
        Assert.Equal([2 * Second], Time.ArmedTimers);
        Time.Advance(2 * Second);
        child.Tell("again");
        Assert.Equal("3:again", await _told.Next());
    }

    [Fact]
    public async Task An_actor_that_waits_for_its_restart_can_be_stopped()
    {
        var actor = System.Spawn<string>("worker", Worker, _options);
        actor.Tell("fail");
        await Time.Armed(Second);
        Assert.True(System.Stop("/worker"));
        Assert.Equal(ActorEnd.AskedToStop, (await actor.Ended.Guarded("the end")).End);
        Assert.Empty(Time.ArmedTimers);
    }

    [Fact]
    public async Task The_old_instance_lets_go_before_the_new_one_is_made()
    {
        var order = new ActorProbe<string>();
        var actor = System.Spawn<string>(
            "worker",
            self =>
            {
                order.Tell($"made {self.Incarnation}");
                self.Spawn<string>("child", _ => new LambdaActor<string>(_ => { }) { OnEnding = Ending("child") });
                return new LambdaActor<string>(_ => throw new InvalidOperationException()) { OnEnding = Ending("worker") };
            },
            _options
        );
        actor.Tell("x");
        Assert.Equal("made 1", await order.Next());
        Assert.Equal("child ParentStopping", await order.Next());
        Assert.Equal("worker Failed", await order.Next());
        await Time.Armed(Second);
        Time.Advance(Second);
        Assert.Equal("made 2", await order.Next());

        Func<ActorEnd, CancellationToken, Task> Ending(string who) =>
            (end, _) =>
            {
                order.Tell($"{who} {end}");
                return Task.CompletedTask;
            };
    }

    private LambdaActor<string> Worker(IActorContext<string> self) =>
        new(message =>
        {
            if (message == "fail")
            {
                throw new InvalidOperationException(message);
            }

            _told.Tell($"{self.Incarnation}:{message}");
        });
}

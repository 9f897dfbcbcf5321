using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Timers;

public sealed class AfterTests : ActorTest
{
    private readonly ActorProbe<string> _told = new();

    [Fact]
    public async Task A_message_comes_after_its_delay_and_not_a_tick_before()
    {
        Spawn(self => self.After(Second, "due"));
        await Time.Armed(Second);
        Assert.Equal(1, System.Find("/timed")!.Pending);
        Time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Equal(0, _told.Unread);
        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("due", await _told.Next());
        Assert.Equal(0, System.Find("/timed")!.Pending);
    }

    [Fact]
    public async Task A_timer_called_off_is_silent_even_if_its_message_waits_already()
    {
        var stuck = Stuck();
        var actor = System.Spawn<string>(
            "timed",
            self =>
            {
                var timer = self.After(Second, "due");
                return new LambdaActor<string>(message =>
                {
                    _told.Tell(message);
                    if (message == "call off")
                    {
                        stuck.Enter();
                        timer.Dispose();
                    }
                });
            }
        );
        actor.Tell("call off");
        await stuck.Entered;
        Time.Advance(Second);
        stuck.LetGo();
        actor.Tell("next");
        Assert.Equal(["call off", "next"], await _told.Take(2));
    }

    [Fact]
    public async Task Timers_end_with_their_instance()
    {
        var actor = Spawn(self => self.After(10 * Second, "due"));
        await Time.Armed(10 * Second);
        System.Stop(actor.Path);
        await actor.Ended.Guarded("the end");
        Assert.Empty(Time.ArmedTimers);
    }

    [Fact]
    public async Task Timers_beyond_the_limit_are_a_fault_and_not_a_leak()
    {
        System.Spawn<string>(
            "timed",
            self =>
            {
                for (var i = 0; i < 4; i++)
                {
                    self.After(TimeSpan.FromHours(1), "due");
                }

                return new LambdaActor<string>(_ => { });
            },
            new ActorOptions { MaxPending = 3, Supervision = Restarts(0, AudioRelay.Actors.Supervision.Directive.Stop) }
        );
        await Logged("/timed", "More than 3 timers and piped tasks");
        await Logged("/timed", "ended: Failed");
        Assert.Empty(Time.ArmedTimers);
    }

    private ActorRef<string> Spawn(Action<IActorContext<string>> start) =>
        System.Spawn<string>(
            "timed",
            self =>
            {
                start(self);
                return new LambdaActor<string>(message => _told.Tell(message));
            }
        );
}

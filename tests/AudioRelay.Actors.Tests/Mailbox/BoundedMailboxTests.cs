using AudioRelay.Actors.Mailbox;
using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Mailbox;

public sealed class BoundedMailboxTests : ActorTest
{
    private readonly ActorProbe<int> _handled = new();

    [Fact]
    public async Task A_full_mailbox_refuses_and_counts_until_there_is_room_again()
    {
        var (actor, stuck) = await StuckActor(capacity: 3);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(1, 5).Select(actor.Tell));
        var full = System.Find(actor.Path)!;
        Assert.Equal((3, 3, 2L), (full.QueueDepth, full.QueueCapacity, full.Rejected));
        await Logged(actor.Path, "mailbox full");

        stuck.LetGo();
        Assert.Equal([0, 1, 2, 3], await _handled.Take(4));
        Assert.True(actor.Tell(6));
        Assert.Equal(6, await _handled.Next());
        Assert.Single(Log.All, line => line.Text.StartsWith("mailbox full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_to_stop_overtakes_everything_that_waits()
    {
        var (actor, stuck) = await StuckActor(capacity: 10);
        Assert.All(Enumerable.Range(1, 5), message => Assert.True(actor.Tell(message)));
        Assert.True(System.Stop(actor.Path));
        stuck.LetGo();
        await actor.Ended.Guarded("the end");
        Assert.Equal([0], _handled.All);
        Assert.False(actor.Tell(7));
        await Logged(actor.Path, "5 messages were not handled");
    }

    [Fact]
    public void Repeated_requests_do_not_pile_up()
    {
        var mailbox = new BoundedMailbox(1, Time);
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => mailbox.Post(new SystemMessage.Restart())));
        mailbox.Post(new SystemMessage.Stop(ActorEnd.AskedToStop));
        Assert.IsType<SystemMessage.Restart>(mailbox.Take());
        Assert.IsType<SystemMessage.Stop>(mailbox.Take());
        Assert.Null(mailbox.Take());
    }

    [Fact]
    public async Task Timers_and_answers_arrive_though_the_mailbox_is_full_and_before_what_waits_in_it()
    {
        var stuck = Stuck();
        var actor = System.Spawn<int>(
            "busy",
            self => new LambdaActor<int>(message =>
            {
                _handled.Tell(message);
                if (message == 0)
                {
                    self.After(Second, 100);
                    stuck.Enter();
                }
            }),
            new ActorOptions { MailboxCapacity = 1 }
        );
        actor.Tell(0);
        await stuck.Entered;
        Assert.True(actor.Tell(1));
        Assert.False(actor.Tell(2));
        Time.Advance(Second);
        stuck.LetGo();
        Assert.Equal([0, 100, 1], await _handled.Take(3));
    }

    [Fact]
    public void A_mailbox_for_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            System.Spawn<int>("none", _ => new LambdaActor<int>(_ => { }), new ActorOptions { MailboxCapacity = 0 })
        );

    private async Task<(ActorRef<int> Actor, StuckHandler Stuck)> StuckActor(int capacity)
    {
        var stuck = Stuck();
        var actor = System.Spawn<int>(
            "stuck",
            _ => new LambdaActor<int>(message =>
            {
                _handled.Tell(message);
                if (message == 0)
                {
                    stuck.Enter();
                }
            }),
            new ActorOptions { MailboxCapacity = capacity }
        );
        Assert.True(actor.Tell(0));
        await stuck.Entered;
        return (actor, stuck);
    }
}

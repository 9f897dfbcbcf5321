using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Mailbox;

public sealed class ConcurrencyTests
{
    private const int Senders = 8;
    private const int PerSender = 2_000;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(32, 0)]
    [InlineData(7, 97)]
    public async Task Messages_of_many_senders_are_handled_one_at_a_time_in_each_senders_order(int turnLength, int failEvery)
    {
        var tally = new Tally(failEvery);
        await using var system = new ActorSystem(TimeProvider.System, new Random(2), new ActorSystemOptions { TurnLength = turnLength });
        var actor = system.Spawn<Numbered>(
            "counter",
            _ => new Counter(tally),
            new ActorOptions
            {
                MailboxCapacity = 50,
                Supervision = new SupervisionPolicy { Backoff = new Backoff(TimeSpan.Zero, TimeSpan.Zero, 0), MaxRestarts = int.MaxValue },
            }
        );

        var sending = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(actor, sender)));
        var refused = (await Task.WhenAll(sending).Guarded("the senders")).Sum();
        await tally.Complete.Guarded($"all messages; handled {tally.Handled}, failed {tally.Failed}");

        Assert.False(tally.Overlapped);
        Assert.False(tally.OutOfOrder);
        Assert.Equal(refused, system.Find("/counter")!.Rejected);
        Assert.Equal(failEvery == 0 ? 0 : Senders * PerSender / failEvery, tally.Failed);
    }

    private static async Task<long> Send(ActorRef<Numbered> actor, int sender)
    {
        var refused = 0L;
        for (var number = 1; number <= PerSender; number++)
        {
            while (!actor.Tell(new Numbered(sender, number)))
            {
                refused++;
                await Task.Yield();
            }
        }

        return refused;
    }

    private sealed record Numbered(int Sender, int Number);

    private sealed class Tally(int failEvery)
    {
        private readonly int[] _last = new int[Senders];
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _inside;

        // Not interlocked, and on purpose: two at once would lose counts.
        public int Handled { get; private set; }

        public int Failed { get; private set; }

        public bool Overlapped { get; private set; }

        public bool OutOfOrder { get; private set; }

        public Task Complete => _complete.Task;

        public void Add(Numbered message)
        {
            Overlapped |= Interlocked.Increment(ref _inside) != 1;
            OutOfOrder |= message.Number != _last[message.Sender] + 1;
            _last[message.Sender] = message.Number;
            Handled++;
            var fails = failEvery > 0 && Handled % failEvery == 0;
            Failed += fails ? 1 : 0;
            Interlocked.Decrement(ref _inside);
            if (Handled == Senders * PerSender)
            {
                _complete.TrySetResult();
            }

            if (fails)
            {
                throw new InvalidOperationException($"message {Handled}");
            }
        }
    }

    private sealed class Counter(Tally tally) : IActor<Numbered>
    {
        public void Receive(Numbered message) => tally.Add(message);
    }
}

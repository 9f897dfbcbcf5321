using AudioRelay.Actors.Inspection;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Running;

public sealed class PipeTests : ActorTest
{
    private readonly ActorProbe<string> _told = new();
    private readonly TaskCompletionSource<string> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CancellationToken> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task The_outcome_of_work_comes_back_as_a_message_and_messages_are_handled_meanwhile()
    {
        var actor = Piper();
        actor.Tell("start");
        await _started.Task.Guarded("the work to start");
        actor.Tell("meanwhile");
        Assert.Equal("1:meanwhile", await _told.Next());
        Assert.Equal(1, System.Find("/piper")!.Pending);
        _work.SetResult("result");
        Assert.Equal("1:ok result", await _told.Next());
        Assert.Equal(0, System.Find("/piper")!.Pending);
    }

    [Fact]
    public async Task A_fault_of_the_work_is_a_message_too()
    {
        var actor = Piper();
        actor.Tell("start");
        _work.SetException(new IOException("gone"));
        Assert.Equal("1:error gone", await _told.Next());
        actor.Tell("throw at once");
        Assert.Equal("1:error at once", await _told.Next());
    }

    [Fact]
    public async Task Work_is_cancelled_when_the_actor_ends_and_the_end_waits_for_it()
    {
        var actor = Piper();
        actor.Tell("start");
        var token = await _started.Task.Guarded("the work to start");
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        System.Stop("/piper");
        await cancelled.Task.Guarded("the cancellation");
        Assert.False(actor.Ended.IsCompleted);
        _work.SetResult("too late");
        await actor.Ended.Guarded("the end");
        Assert.Equal(0, _told.Unread);
    }

    [Fact]
    public async Task An_answer_that_comes_after_a_restart_is_dropped()
    {
        var actor = Piper();
        actor.Tell("start");
        await _started.Task.Guarded("the work to start");
        actor.Tell("fail");
        await Time.Armed(Second);
        Time.Advance(Second); // the delay is over, but the old work, which ignores its cancellation, is still there
        await Time.Armed(4 * Second);
        Assert.Equal(ActorStatus.Restarting, System.Find("/piper")!.Status);
        Time.Advance(4 * Second);
        await Logged("/piper", "going on without its piped work");
        await Logged("/piper", "restarted, instance 2");

        _work.SetResult("from the past");
        actor.Tell("now");
        Assert.Equal("2:now", await _told.Next());
        actor.Tell("and now");
        Assert.Equal("2:and now", await _told.Next());
    }

    [Fact]
    public async Task Work_that_was_given_up_is_cancelled_and_its_answer_dropped()
    {
        var actor = Piper();
        actor.Tell("start");
        var token = await _started.Task.Guarded("the work to start");
        actor.Tell("give up");
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.Guarded("the cancellation");
        _work.SetResult("unwanted");
        actor.Tell("next");
        Assert.Equal("1:next", await _told.Next());
        System.Stop("/piper");
        await actor.Ended.Guarded("the end");
        Assert.Equal(0, _told.Unread);
    }

    [Fact]
    public async Task The_context_is_refused_outside_the_actors_turn()
    {
        var refusals = new ActorProbe<Exception>();
        System.Spawn<string>(
            "careless",
            self =>
            {
                self.Pipe(
                    _ =>
                    {
                        self.After(Second, "a race");
                        return Task.CompletedTask;
                    },
                    () => "no error",
                    error => error.Message
                );
                return new LambdaActor<string>(message => _told.Tell(message));
            }
        );
        Assert.Contains("outside the handler", await _told.Next(), StringComparison.Ordinal);
    }

    private ActorRef<string> Piper()
    {
        return System.Spawn<string>(
            "piper",
            self =>
            {
                IDisposable? pending = null;
                return new LambdaActor<string>(message =>
                {
                    switch (message)
                    {
                        case "start":
                            pending = self.Pipe(Work, result => $"ok {result}", error => $"error {error.Message}");
                            break;
                        case "throw at once":
                            pending = self.Pipe<string>(
                                _ => throw new IOException("at once"),
                                result => $"ok {result}",
                                error => $"error {error.Message}"
                            );
                            break;
                        case "give up":
                            pending!.Dispose();
                            break;
                        case "fail":
                            throw new InvalidOperationException("fail");
                        default:
                            _told.Tell($"{self.Incarnation}:{message}");
                            break;
                    }
                });
            },
            new ActorOptions { Supervision = Restarts(3), EndLimit = 5 * Second }
        );

        Task<string> Work(CancellationToken token)
        {
            _started.TrySetResult(token);
            return _work.Task;
        }
    }
}

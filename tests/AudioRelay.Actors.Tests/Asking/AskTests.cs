using AudioRelay.Actors.Asking;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Asking;

public sealed class AskTests : ActorTest
{
    [Fact]
    public async Task A_question_is_answered()
    {
        var actor = Answerer();
        Assert.Equal(42, await actor.Ask<int>(reply => new Question("what", reply), Second).Guarded("the answer"));
    }

    [Fact]
    public async Task A_question_nobody_answers_fails_at_its_limit()
    {
        var asking = Answerer().Ask<int>(reply => new Question("silence", reply), Second);
        await Time.Armed(Second);
        Time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(asking.IsCompleted);
        Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(AskFailure.TimedOut, (await Failure(asking)).Failure);
    }

    [Fact]
    public async Task A_question_to_an_actor_that_ends_fails_at_once()
    {
        var actor = Answerer();
        var failure = await Failure(actor.Ask<int>(reply => new Question("stop", reply), Second));
        Assert.Equal((AskFailure.Ended, actor.Path), (failure.Failure, failure.Path));
        Assert.Equal(AskFailure.Refused, (await Failure(actor.Ask<int>(reply => new Question("late", reply), Second))).Failure);
    }

    [Fact]
    public async Task A_question_can_be_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        var asking = Answerer().Ask<int>(reply => new Question("silence", reply), Second, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.Guarded("the question to be given up"));
    }

    [Fact]
    public async Task A_full_mailbox_refuses_questions()
    {
        var probe = new ActorProbe<Question>(time: Time) { Full = true };
        Assert.Equal(AskFailure.Refused, (await Failure(probe.Ask<int>(reply => new Question("x", reply), Second))).Failure);
    }

    [Fact]
    public void The_first_answer_counts()
    {
        var reply = new ReplyTo<int>();
        Assert.True(reply.Tell(1));
        Assert.False(reply.Tell(2));
    }

    private static async Task<AskException> Failure(Task<int> asking) =>
        await Assert.ThrowsAsync<AskException>(() => asking.Guarded("the question to fail"));

    private ActorRef<Question> Answerer() =>
        System.Spawn<Question>(
            "answerer",
            self => new LambdaActor<Question>(question =>
            {
                switch (question.Text)
                {
                    case "what":
                        question.Reply.Tell(42);
                        break;
                    case "stop":
                        self.Stop();
                        break;
                }
            })
        );

    private sealed record Question(string Text, ReplyTo<int> Reply);
}

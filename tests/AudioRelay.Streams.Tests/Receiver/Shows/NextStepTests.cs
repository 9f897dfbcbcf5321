using AudioRelay.Streams.Receiver.Shows;

namespace AudioRelay.Streams.Tests.Receiver.Shows;

public sealed class NextStepTests
{
    /// <summary>A show that has something to pull and everything it needs.</summary>
    private static readonly ShowFacts Ready = new()
    {
        HasStore = true,
        IsStored = true,
        IsClaimed = true,
        HasCheckpoint = true,
        IsRecorderThere = true,
        KnowsSource = true,
        IsBehind = true,
        HasTurn = true,
    };

    public static TheoryData<string, object, object> Table() =>
        new()
        {
            { "it pulls", Ready, ShowStep.Pull },
            { "one step at a time", Ready with { IsBusy = true }, ShowStep.Wait },
            { "not without a turn", Ready with { HasTurn = false }, ShowStep.Queue },
            { "it asks for its turn once", Ready with { HasTurn = false, WaitsForTurn = true }, ShowStep.Wait },
            { "everything is here", Ready with { IsBehind = false }, ShowStep.Wait },
            { "another source than before", Ready with { IsRefused = true }, ShowStep.Wait },
            { "another length of segments is kept before the first of them is here", Ready with { MustLearn = true }, ShowStep.Learn },
            { "also while nothing is recorded", Ready with { MustLearn = true, IsBehind = false }, ShowStep.Learn },
            { "not that of another source", Ready with { MustLearn = true, IsRefused = true }, ShowStep.Wait },
            { "the source is asked first", Ready with { KnowsSource = false }, ShowStep.AskSource },
            { "a source in trouble is left alone", Ready with { KnowsSource = false, SourceRests = true }, ShowStep.Wait },
            { "the recorder is away", Ready with { IsRecorderThere = false }, ShowStep.Wait },
            { "retention comes before pulling", Ready with { IsRetentionDue = true }, ShowStep.Retain },
            { "retention needs no recorder", Ready with { IsRetentionDue = true, IsRecorderThere = false }, ShowStep.Retain },
            { "retention needs a claim", Ready with { IsRetentionDue = true, IsClaimed = false }, ShowStep.Claim },
            { "after an unknown outcome the checkpoint is read", Ready with { HasCheckpoint = false }, ShowStep.ReadCheckpoint },
            { "a store in trouble is left alone", Ready with { HasCheckpoint = false, StoreRests = true }, ShowStep.Wait },
            {
                "a store that is there is opened without its recorder",
                new ShowFacts { IsStored = true },
                ShowStep.Open
            },
            {
                "unless it has just failed to",
                new ShowFacts { IsStored = true, StoreRests = true },
                ShowStep.Wait
            },
            { "a new show waits for its recorder", new ShowFacts(), ShowStep.Wait },
            {
                "a new show is asked about",
                new ShowFacts { IsRecorderThere = true },
                ShowStep.AskSource
            },
            {
                "a new show is created when it is known",
                new ShowFacts { IsRecorderThere = true, KnowsSource = true },
                ShowStep.Open
            },
            {
                "one that cannot be received is not",
                new ShowFacts
                {
                    IsRecorderThere = true,
                    KnowsSource = true,
                    IsRefused = true,
                },
                ShowStep.Wait
            },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_show_does_next_what_its_facts_say(string what, object facts, object step)
    {
        Assert.True(Equals((ShowStep)step, NextStep.Of((ShowFacts)facts)), what);
    }
}

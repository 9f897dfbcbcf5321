namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>The order in which a show does things: its store first, which needs no recorder; then the source; then pulling.</summary>
internal static class NextStep
{
    /// <summary>One step at a time; the answer to each asks again.</summary>
    public static ShowStep Of(in ShowFacts show)
    {
        if (show.IsBusy)
        {
            return ShowStep.Wait;
        }

        if (!show.HasStore)
        {
            return show.StoreRests ? ShowStep.Wait
                : show.IsStored ? ShowStep.Open
                : !CanAsk(show) ? ShowStep.Wait
                : !show.KnowsSource ? ShowStep.AskSource
                : show.IsRefused ? ShowStep.Wait
                : ShowStep.Open;
        }

        if (show.StoreRests)
        {
            return ShowStep.Wait;
        }

        return !show.IsClaimed ? ShowStep.Claim
            : !show.HasCheckpoint ? ShowStep.ReadCheckpoint
            : show.IsRetentionDue ? ShowStep.Retain
            : !CanAsk(show) ? ShowStep.Wait
            : !show.KnowsSource ? ShowStep.AskSource
            : show.IsRefused ? ShowStep.Wait
            : show.MustLearn ? ShowStep.Learn
            : !show.IsBehind ? ShowStep.Wait
            : show.HasTurn ? ShowStep.Pull
            : show.WaitsForTurn ? ShowStep.Wait
            : ShowStep.Queue;
    }

    private static bool CanAsk(in ShowFacts show) => show is { IsRecorderThere: true, SourceRests: false };
}

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>What decides a show's next step.</summary>
internal readonly record struct ShowFacts
{
    /// <summary>A step is being taken.</summary>
    public bool IsBusy { get; init; }

    /// <summary>The store is open.</summary>
    public bool HasStore { get; init; }

    /// <summary>There is a store of a known name, open or not.</summary>
    public bool IsStored { get; init; }

    /// <summary>The store is in trouble and is left alone for a while.</summary>
    public bool StoreRests { get; init; }

    /// <summary>The store was claimed by this actor and by nobody since, as far as is known.</summary>
    public bool IsClaimed { get; init; }

    /// <summary>It is known where the show stands.</summary>
    public bool HasCheckpoint { get; init; }

    /// <summary>It is time for retention.</summary>
    public bool IsRetentionDue { get; init; }

    /// <summary>The recorder is there.</summary>
    public bool IsRecorderThere { get; init; }

    /// <summary>The source is in trouble and is left alone for a while.</summary>
    public bool SourceRests { get; init; }

    /// <summary>The recorder has said what the show is since it was last doubted.</summary>
    public bool KnowsSource { get; init; }

    /// <summary>The source is not what is kept here, so nothing of it is pulled.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The recorder's configuration says another length of segments than is kept here.</summary>
    public bool MustLearn { get; init; }

    /// <summary>The source has something that is not here.</summary>
    public bool IsBehind { get; init; }

    /// <summary>It is the show's turn.</summary>
    public bool HasTurn { get; init; }

    /// <summary>The show waits for its turn.</summary>
    public bool WaitsForTurn { get; init; }
}

namespace AudioRelay.Streams.Receiver.Shows;

/// <summary>What a show does next.</summary>
internal enum ShowStep
{
    /// <summary>Nothing, until somebody tells it something.</summary>
    Wait,

    /// <summary>Opens or creates its store.</summary>
    Open,

    /// <summary>Takes the store for itself.</summary>
    Claim,

    /// <summary>Reads where it stands.</summary>
    ReadCheckpoint,

    /// <summary>Removes what is older than it is to be kept.</summary>
    Retain,

    /// <summary>Asks the recorder what the show is and how far it reaches.</summary>
    AskSource,

    /// <summary>Keeps the length that the source's segments aim at: before the first of that length is here.</summary>
    Learn,

    /// <summary>Asks for its turn to pull.</summary>
    Queue,

    /// <summary>Pulls.</summary>
    Pull,
}

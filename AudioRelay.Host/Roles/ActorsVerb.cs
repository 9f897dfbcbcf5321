namespace AudioRelay.Host.Roles;

/// <summary>What <c>audiorelay actors</c> is asked to do.</summary>
internal enum ActorsVerb
{
    /// <summary>All actors, as a tree.</summary>
    Tree,

    /// <summary>One actor in detail.</summary>
    Show,

    /// <summary>The tree, again and again.</summary>
    Watch,

    /// <summary>Recent log lines of an actor.</summary>
    Log,

    /// <summary>Restart an actor.</summary>
    Restart,

    /// <summary>Stop an actor.</summary>
    Stop,
}

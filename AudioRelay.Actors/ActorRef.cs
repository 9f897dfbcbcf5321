using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors;

/// <summary>The address of an actor, whatever it understands.</summary>
public abstract class ActorRef
{
    private protected ActorRef(string path, TimeProvider time) => (Path, Time) = (path, time);

    /// <summary>Where it stands in the tree.</summary>
    public string Path { get; }

    /// <summary>Completes when the actor has ended for good, its children and its cleanup included.</summary>
    public abstract Task<ActorEnded> Ended { get; }

    private protected TimeProvider Time { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

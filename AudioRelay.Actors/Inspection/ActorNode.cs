namespace AudioRelay.Actors.Inspection;

/// <summary>An actor and everything below it.</summary>
/// <param name="Snapshot">The actor.</param>
/// <param name="Children">Its children, in the order of their names.</param>
public sealed record ActorNode(ActorSnapshot Snapshot, IReadOnlyList<ActorNode> Children)
{
    /// <summary>The actor, then all below it: parents before children.</summary>
    public IEnumerable<ActorSnapshot> Flatten() => Children.SelectMany(child => child.Flatten()).Prepend(Snapshot);
}

using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>The top of the tree: has children and nothing else.</summary>
internal sealed class RootActor : Behaviour
{
    public override string TypeName => "System";

    public override void Receive(object message) => throw new InvalidOperationException("Nobody has the root's address.");

    public override string Describe() => "";

    public override Task Ending(ActorEnd end, CancellationToken token) => Task.CompletedTask;
}

using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>Leads back to the typed actor.</summary>
internal sealed class TypedBehaviour<TMessage>(IActor<TMessage> actor) : Behaviour
{
    public override string TypeName => TypeNames.Of(actor.GetType());

    public override void Receive(object message) => actor.Receive((TMessage)message);

    public override string Describe() => actor.Describe();

    public override Task Ending(ActorEnd end, CancellationToken token) => actor.Ending(end, token);
}

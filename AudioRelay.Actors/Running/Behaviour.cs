using AudioRelay.Actors.Supervision;

namespace AudioRelay.Actors.Running;

/// <summary>An actor's instance, as the runtime sees it: without the type of its messages.</summary>
internal abstract class Behaviour
{
    public abstract string TypeName { get; }

    public abstract void Receive(object message);

    public abstract string Describe();

    public abstract Task Ending(ActorEnd end, CancellationToken token);
}

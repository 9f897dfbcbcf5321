using AudioRelay.Actors;
using AudioRelay.Actors.Supervision;

namespace AudioRelay.TestKit.Actors;

/// <summary>An actor written in a test, where a class would be longer than what it does.</summary>
public sealed class LambdaActor<TMessage>(Action<TMessage> receive) : IActor<TMessage>
{
    public Func<string> OnDescribe { get; init; } = static () => "";

    public Func<ActorEnd, CancellationToken, Task> OnEnding { get; init; } = static (_, _) => Task.CompletedTask;

    public void Receive(TMessage message) => receive(message);

    public string Describe() => OnDescribe();

    public Task Ending(ActorEnd end, CancellationToken token) => OnEnding(end, token);
}

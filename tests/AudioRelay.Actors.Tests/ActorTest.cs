using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Actors;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests;

/// <summary>A system of actors on manual time, whose every log line is a message to a probe.</summary>
public abstract class ActorTest : IAsyncDisposable
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<IDisposable> _stuck = [];

    protected ActorTest()
    {
        System = new ActorSystem(Time, new Random(1), new ActorSystemOptions { OnLog = line => Log.Tell(line), LogLines = 20 });
    }

    protected ManualTime Time { get; } = new();

    protected ActorSystem System { get; }

    protected ActorProbe<ActorLogLine> Log { get; } = new("/log");

    public async ValueTask DisposeAsync()
    {
        _stuck.ForEach(stuck => stuck.Dispose());
        await System.StopAsync(TimeSpan.FromDays(1)).Guarded("the system to stop after the test");
        GC.SuppressFinalize(this);
    }

    /// <summary>One second, then two, then four and no more; without jitter, so that tests can be exact.</summary>
    protected static SupervisionPolicy Restarts(int most, Directive whenSpent = Directive.Escalate) =>
        new()
        {
            Backoff = new Backoff(Second, 4 * Second, 0),
            MaxRestarts = most,
            Window = TimeSpan.FromMinutes(1),
            WhenSpent = whenSpent,
        };

    protected StuckHandler Stuck()
    {
        var stuck = new StuckHandler();
        _stuck.Add(stuck);
        return stuck;
    }

    protected Task<ActorLogLine> Logged(string path, string text) =>
        Log.Until(line => line.Path == path && line.Text.Contains(text, StringComparison.Ordinal), $"'{text}' of {path}");
}

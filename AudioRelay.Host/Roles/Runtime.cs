using AudioRelay.Actors;
using AudioRelay.Actors.Inspection;
using AudioRelay.Actors.Supervision;
using AudioRelay.Host.Config;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>How a role's actors are run, and how their life decides the process's.</summary>
internal static class Runtime
{
    /// <summary>The actors' options, from the configuration.</summary>
    public static ActorSystemOptions Actors(RuntimeConfig runtime) =>
        new()
        {
            Defaults = new ActorOptions
            {
                MailboxCapacity = runtime.MailboxSize,
                Supervision = new SupervisionPolicy
                {
                    Backoff = new Backoff(runtime.BackoffFirst, runtime.BackoffMax, 0.2),
                    MaxRestarts = runtime.RestartBudget,
                    Window = runtime.RestartWindow,
                },
            },
            StopLimit = runtime.StopLimit,
            LogLines = runtime.LogLines,
        };

    /// <summary>Waits until the process is told to stop.</summary>
    /// <param name="fatal">Completes when a fault has reached the root of the actors.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="CliException">A fault has reached the root.</exception>
    public static async Task RunUntil(Task<ActorFault> fatal, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        if (await Task.WhenAny(stopped.Task, fatal) == fatal)
        {
            var fault = await fatal;
            throw new CliException($"{fault.Path} failed for good: {fault.Text}");
        }
    }

    /// <summary>Says what did not stop in time.</summary>
    public static void Report(StopReport report, ILogger log)
    {
        foreach (var actor in report.NotStopped)
        {
            log.LogError("{Path} did not stop in time, busy with {Message}", actor.Path, actor.Handling ?? "nothing");
        }
    }
}

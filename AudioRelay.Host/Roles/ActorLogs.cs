using AudioRelay.Actors.Inspection;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>What actors say of themselves, in the program's log.</summary>
internal static class ActorLogs
{
    /// <param name="log">The log.</param>
    /// <param name="line">What an actor says.</param>
    /// <param name="isTold">True when the program says itself how everything went, so that it would be said twice.</param>
    public static void Write(ILogger log, ActorLogLine line, bool isTold = false)
    {
        var level = line.Kind switch
        {
            ActorLogKind.Fault => LogLevel.Error,
            ActorLogKind.Warning => LogLevel.Warning,
            ActorLogKind.Life => LogLevel.Debug,
            _ when isTold => LogLevel.Debug,
            ActorLogKind.Trouble => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        log.Log(level, "{Path}: {Text}", line.Path, line.Text);
    }
}

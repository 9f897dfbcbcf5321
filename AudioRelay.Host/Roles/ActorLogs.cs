using AudioRelay.Actors.Inspection;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Roles;

/// <summary>What actors say of themselves, in the program's log.</summary>
internal static class ActorLogs
{
    public static void Write(ILogger log, ActorLogLine line)
    {
        var level = line.Kind switch
        {
            ActorLogKind.Fault => LogLevel.Error,
            ActorLogKind.Warning => LogLevel.Warning,
            ActorLogKind.Life => LogLevel.Debug,
            _ => LogLevel.Information,
        };
        log.Log(level, "{Path}: {Text}", line.Path, line.Text);
    }
}

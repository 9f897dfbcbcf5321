using AudioRelay.Host.Config;
using AudioRelay.Http.Security.Redaction;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AudioRelay.Host.Cli;

/// <summary>Logs go to stderr, one line each, so that stdout stays what the user asked for. <c>AUDIORELAY_LOG=debug</c> says more.</summary>
internal static class ConsoleLogs
{
    public const string LevelVariable = "AUDIORELAY_LOG";

    public static ILoggerFactory Create(HostEnvironment environment) => new RedactedLogs(Sinks(environment), environment.Secrets);

    private static ILoggerFactory Sinks(HostEnvironment environment) =>
        LoggerFactory.Create(logging =>
        {
            var level = Enum.TryParse<LogLevel>(environment.NonEmpty(LevelVariable), ignoreCase: true, out var chosen)
                ? chosen
                : LogLevel.Information;
            logging.SetMinimumLevel(level);
            if (level >= LogLevel.Information)
            {
                // What the framework says of each request is not what trouble looks like; and addresses may carry tokens.
                logging.AddFilter("Microsoft", LogLevel.Warning);
                logging.AddFilter("System", LogLevel.Warning);
            }
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.IncludeScopes = false;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                console.ColorBehavior = environment.NonEmpty("NO_COLOR") is null
                    ? LoggerColorBehavior.Default
                    : LoggerColorBehavior.Disabled;
            });
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
}

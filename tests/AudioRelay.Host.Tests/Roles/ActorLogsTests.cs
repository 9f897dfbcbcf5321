using AudioRelay.Actors.Inspection;
using AudioRelay.Host.Roles;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Tests.Roles;

public sealed class ActorLogsTests
{
    [Theory]
    [InlineData(ActorLogKind.Life, LogLevel.Debug)]
    [InlineData(ActorLogKind.Note, LogLevel.Information)]
    [InlineData(ActorLogKind.Trouble, LogLevel.Warning)]
    [InlineData(ActorLogKind.Warning, LogLevel.Warning)]
    [InlineData(ActorLogKind.Fault, LogLevel.Error)]
    public void Who_reads_warnings_only_is_told_of_trouble(ActorLogKind kind, LogLevel expected) =>
        Assert.Equal([expected], Levels(kind, isTold: false));

    [Theory]
    [InlineData(ActorLogKind.Trouble, LogLevel.Debug)]
    [InlineData(ActorLogKind.Note, LogLevel.Debug)]
    [InlineData(ActorLogKind.Warning, LogLevel.Warning)]
    [InlineData(ActorLogKind.Fault, LogLevel.Error)]
    public void What_the_program_says_itself_is_not_said_twice(ActorLogKind kind, LogLevel expected) =>
        Assert.Equal([expected], Levels(kind, isTold: true));

    private static List<LogLevel> Levels(ActorLogKind kind, bool isTold)
    {
        var log = new Levelled();
        ActorLogs.Write(log, new ActorLogLine("/recorder/stations/news", DateTimeOffset.UnixEpoch, kind, "silent"), isTold);
        return log.Levels;
    }

    private sealed class Levelled : ILogger
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Levels.Add(logLevel);
    }
}

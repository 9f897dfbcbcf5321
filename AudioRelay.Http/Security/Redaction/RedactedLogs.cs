using Microsoft.Extensions.Logging;

namespace AudioRelay.Http.Security.Redaction;

/// <summary>Logs whose lines, exceptions included, are cleaned before they reach any sink.</summary>
/// <param name="inner">Where they go.</param>
/// <param name="redactor">What cleans them.</param>
public sealed class RedactedLogs(ILoggerFactory inner, Redactor redactor) : ILoggerFactory
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new RedactedLogger(inner.CreateLogger(categoryName), redactor);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc />
    public void Dispose() => inner.Dispose();

    private sealed class RedactedLogger(ILogger inner, Redactor redactor) : ILogger
    {
        // What a scope says is not shown anywhere, and could not be cleaned.
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            var text = formatter(state, exception);
            var whole = redactor.Clean(exception is null ? text : $"{text} {exception}");
            inner.Log(logLevel, eventId, whole, null, static (line, _) => line);
        }
    }
}

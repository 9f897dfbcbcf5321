namespace AudioRelay.Host.Roles;

/// <summary>Something a person must know and can act on. Printed as one line, without a stack trace; the process ends with <see cref="ExitCode"/>.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failed, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}

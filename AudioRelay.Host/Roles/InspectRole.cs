namespace AudioRelay.Host.Roles;

/// <summary>Serves one database file for listening, and runs until it is stopped.</summary>
internal static class InspectRole
{
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(InspectOptions options, HostContext context, CancellationToken stop)
    {
        _ = (options, context, stop);
        throw new CliException("inspect is not put together yet");
    }
}

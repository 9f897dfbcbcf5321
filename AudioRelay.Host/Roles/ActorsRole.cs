namespace AudioRelay.Host.Roles;

/// <summary>Looks at the actors of a running program and steers them.</summary>
internal static class ActorsRole
{
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(ActorsOptions options, HostContext context, CancellationToken stop)
    {
        _ = (options, context, stop);
        throw new CliException("looking at actors is not put together yet");
    }
}

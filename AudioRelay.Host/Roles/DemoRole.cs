namespace AudioRelay.Host.Roles;

/// <summary>The demo: a station of its own, recorded and served, until it is stopped.</summary>
internal static class DemoRole
{
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(DemoOptions options, HostContext context, CancellationToken stop)
    {
        _ = (options, context, stop);
        throw new CliException("the demo is not put together yet");
    }
}

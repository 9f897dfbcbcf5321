namespace AudioRelay.Host.Roles;

/// <summary>The recorder: composes capture, storage and HTTP, and runs until it is stopped.</summary>
internal static class RecordRole
{
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(RecordOptions options, HostContext context, CancellationToken stop)
    {
        _ = (options, context, stop);
        throw new CliException("the recorder is not put together yet");
    }
}

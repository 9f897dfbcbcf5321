namespace AudioRelay.EndToEnd.Support;

/// <summary>The limit after which something that whole programs are to do counts as never done: they share the machine with other tests.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Awaits the task; past the limit fails with "waited … for …".</summary>
    /// <param name="task">What is awaited.</param>
    /// <param name="awaited">Says what it is.</param>
    /// <param name="began">When the waiting began of which this is a part, as a timestamp of the system's clock; null for now.</param>
    public static async Task Patiently(this Task task, Func<string> awaited, long? began = null)
    {
        var waited = began is { } since ? TimeProvider.System.GetElapsedTime(since) : TimeSpan.Zero;
        try
        {
            await task.WaitAsync(waited < Limit ? Limit - waited : TimeSpan.Zero);
        }
        catch (TimeoutException limit) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s for {awaited()}.", limit);
        }
    }
}

namespace AudioRelay.EndToEnd.Support;

/// <summary>The limit after which something that whole programs are to do counts as never done: they share the machine with other tests.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Awaits the task; past the limit fails with "waited … for …".</summary>
    public static async Task Patiently(this Task task, Func<string> awaited)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException limit) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s for {awaited()}.", limit);
        }
    }
}

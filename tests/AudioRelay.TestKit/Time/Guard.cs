namespace AudioRelay.TestKit.Time;

/// <summary>The only real time in tests: a generous limit that turns a hang into a failure which says what was awaited.</summary>
public static class Guard
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Awaits the task; past the limit fails with "waited … for …".</summary>
    public static Task Guarded(this Task task, string awaited) => task.Guarded(() => awaited);

    /// <inheritdoc cref="Guarded(Task, string)"/>
    public static async Task Guarded(this Task task, Func<string> awaited)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException limit) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds:0} s of real time for {awaited()}.", limit);
        }
    }

    /// <inheritdoc cref="Guarded(Task, string)"/>
    public static async Task<T> Guarded<T>(this Task<T> task, string awaited)
    {
        await ((Task)task).Guarded(() => awaited);
        return await task;
    }
}

namespace AudioRelay.Host.Roles;

/// <summary>What was started before something failed is stopped again, the last first.</summary>
internal sealed class Undo : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _steps = new();

    /// <summary>Will be disposed unless all goes well.</summary>
    public T Add<T>(T started)
        where T : IAsyncDisposable
    {
        _steps.Push(started.DisposeAsync);
        return started;
    }

    /// <inheritdoc cref="Add{T}"/>
    public void Add(IDisposable started) =>
        _steps.Push(() =>
        {
            started.Dispose();
            return ValueTask.CompletedTask;
        });

    /// <summary>Will be done, before what was added earlier, unless all goes well.</summary>
    public void First(Func<Task> step) => _steps.Push(() => new ValueTask(step()));

    /// <summary>All went well: everything stays.</summary>
    public void Keep() => _steps.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_steps.TryPop(out var step))
        {
            await step();
        }
    }
}

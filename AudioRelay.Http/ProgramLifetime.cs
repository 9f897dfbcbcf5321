using Microsoft.Extensions.Hosting;

namespace AudioRelay.Http;

/// <summary>
/// The server lives until the program ends it. The framework's own lifetime hears SIGTERM too, and would cut off the listeners at once
/// while the program still has to tell them something.
/// </summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

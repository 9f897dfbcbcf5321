namespace AudioRelay.TestKit.Postgres;

/// <summary>
/// The one server of a test program, started by the first test that asks for it. As <c>[assembly: AssemblyFixture(typeof(SharedPostgres))]</c>;
/// tests take it in their constructors. Whoever stops or kills a server starts one of their own.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.Start());

    /// <summary>The server, running.</summary>
    public Task<PostgresServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}

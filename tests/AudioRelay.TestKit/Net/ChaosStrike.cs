namespace AudioRelay.TestKit.Net;

/// <summary>A fault that waits for the next piece to pass.</summary>
/// <param name="fault">What is done to it.</param>
/// <param name="leastBytes">Smaller pieces are let through.</param>
internal sealed class ChaosStrike(ChaosFault fault, int leastBytes)
{
    private readonly TaskCompletionSource<ChaosConnection> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChaosFault Fault => fault;

    public int LeastBytes => leastBytes;

    /// <summary>The connection it has hit.</summary>
    public Task<ChaosConnection> Done => _done.Task;

    public void Happened(ChaosConnection connection) => _done.TrySetResult(connection);
}

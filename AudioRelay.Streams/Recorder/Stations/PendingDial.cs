using AudioRelay.Streams.Recorder.Dialing;

namespace AudioRelay.Streams.Recorder.Stations;

/// <summary>A dial under way, and the owner of its answer until somebody takes it.</summary>
/// <remarks>
/// An answer can come at the very moment at which nobody wants it any more, and the message that tells of it is then dropped. The stream
/// must not stay open at the station for that: whoever gives the dial up closes it, and if it comes later, it closes itself.
/// </remarks>
internal sealed class PendingDial(int attempt) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private StationAnswer? _answer;
    private bool _givenUp;

    /// <summary>Its number, also of the connection that comes of it.</summary>
    public int Attempt => attempt;

    /// <summary>The piped work; disposing it cancels the dial.</summary>
    public IDisposable? Work { get; set; }

    /// <summary>Dials, and keeps the answer.</summary>
    public async Task Run(StationDial dial, Uri address, CancellationToken token)
    {
        var answer = await dial(address, token);
        lock (_lock)
        {
            if (!_givenUp)
            {
                _answer = answer;
                return;
            }
        }

        await answer.DisposeAsync();
    }

    /// <summary>The answer, which is the caller's from now on.</summary>
    public StationAnswer Take()
    {
        lock (_lock)
        {
            var answer = _answer ?? throw new InvalidOperationException("The dial has no answer.");
            _answer = null;
            return answer;
        }
    }

    /// <summary>Gives it up: an answer that has come, or still comes, is closed.</summary>
    public ValueTask DisposeAsync()
    {
        Work?.Dispose();
        StationAnswer? answer;
        lock (_lock)
        {
            _givenUp = true;
            answer = _answer;
            _answer = null;
        }

        return answer?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

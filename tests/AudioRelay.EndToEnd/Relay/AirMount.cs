using AudioRelay.TestKit.Icecast;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>A mount of a real Icecast that is on the air until it is taken off, again and again.</summary>
internal sealed class AirMount(IcecastServer icecast, string path) : IAsyncDisposable
{
    private IcecastSource? _source;
    private CancellationTokenSource? _off;
    private Task _playing = Task.CompletedTask;

    public Uri Address => icecast.Address(path);

    /// <summary>Begins to send this sound, at its own pace.</summary>
    public async Task On(IFrameSource sound)
    {
        _source = await icecast.Source(path);
        _off = new CancellationTokenSource();
        _playing = _source.Play(sound, TimeProvider.System, _off.Token);
    }

    /// <summary>Changes the title.</summary>
    public Task Title(string text) => icecast.SetTitle(path, text);

    /// <summary>Hangs up: listeners get the end of the stream.</summary>
    public async Task Off()
    {
        if (_off is { } off)
        {
            _off = null;
            await off.CancelAsync();
            await _playing;
            await _source!.DisposeAsync();
            off.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await Off();
}

using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>A receiver of a <see cref="PagesRecorder"/>, both in processes of their own.</summary>
public sealed partial class PagesReceiver : IAsyncLifetime
{
    private readonly PagesRecorder _recorder = new();
    private readonly TemporaryFolder _folder = new();
    private AudioRelayProcess? _process;

    internal string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!Browser.IsInstalled)
        {
            return;
        }

        await _recorder.InitializeAsync();
        var config = _folder.File("receiver.toml");
        await File.WriteAllTextAsync(
            config,
            $"""
            config_type = 'receiver'
            remote_url = '{_recorder.Address}'
            port = 0
            sync_interval_seconds = 1
            data_dir = '{_folder.File("data")}'
            """
        );
        _process = AudioRelayProcess.Start(_folder.Path, ["receiver", "-c", config]);
        Address = (await _process.Line(Listening())).Groups[1].Value;
        if (!Address.EndsWith('/'))
        {
            Address += "/";
        }
    }

    /// <summary>The recorder is gone from here on.</summary>
    internal Task LoseRecorder() => _recorder.Recorder!.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _recorder.DisposeAsync();
        _folder.Dispose();
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}

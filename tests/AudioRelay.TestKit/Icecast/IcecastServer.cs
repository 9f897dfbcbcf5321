using System.Diagnostics;
using System.Text;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.TestKit.Icecast;

/// <summary>A real Icecast 2 (Debian's icecast2) on a free loopback port, run by an unprivileged user: it refuses root.</summary>
public sealed class IcecastServer : IAsyncDisposable
{
    public const string Missing = "icecast2 is not installed (Debian: apt-get install icecast2)";

    internal const string Password = "hackme-not";
    private const string Share = "/usr/share/icecast2";
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<IcecastMount> _mounts;
    private readonly HttpClient _client = new();
    private readonly StringBuilder _said = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    private IcecastServer(IReadOnlyList<IcecastMount> mounts) => _mounts = mounts;

    public static bool IsInstalled => ToolProcess.IsInstalled("icecast2");

    public int Port { get; private set; }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="mounts">Those with settings of their own; any other path works as well.</param>
    public static async Task<IcecastServer> Start(params IReadOnlyList<IcecastMount> mounts)
    {
        var server = new IcecastServer(mounts);
        try
        {
            await LoopbackPort.StartOn(
                port =>
                {
                    server.Port = port;
                    return server.Restart();
                },
                server.Stop
            );
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it says it is: no other one says the same.</summary>
    private string Name => $"Icecast 2.4 of {Path.GetFileName(_folder.Path)}";

    public Uri Address(string mount) => new($"http://127.0.0.1:{Port}{mount}");

    /// <summary>Starts it again on the same port, after <see cref="Stop"/> or <see cref="Kill"/>.</summary>
    public async Task Restart()
    {
        await WriteConfiguration();
        string[] icecast = [ToolProcess.Find("icecast2") ?? throw new ToolException(Missing), "-c", _folder.File("icecast.xml")];
        _process = Environment.IsPrivilegedProcess
            ? ToolProcess.Start("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", .. icecast])
            : ToolProcess.Start(icecast[0], icecast[1..]);
        _reading = Task.WhenAll(Read(_process.StandardError), Read(_process.StandardOutput));
        await Answers().Guarded(() => $"icecast2 to answer; it said: {_said}");
    }

    /// <summary>Begins to send sound to a mount.</summary>
    public Task<IcecastSource> Source(string mount, string contentType = "audio/mpeg", IReadOnlyList<string>? headers = null) =>
        IcecastSource.Connect(Port, mount, contentType, headers ?? []);

    /// <summary>Changes the title of a mount that has a source.</summary>
    public async Task SetTitle(string mount, string title)
    {
        var query = $"mount={Uri.EscapeDataString(mount)}&mode=updinfo&charset=UTF-8&song={Uri.EscapeDataString(title)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{Port}/admin/metadata?{query}"));
        request.Headers.TryAddWithoutValidation("Authorization", IcecastSource.Authorization);
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks it to end (SIGTERM): listeners get a clean end.</summary>
    public async Task Stop()
    {
        if (_process is { HasExited: false } process)
        {
            await ToolProcess.Run("kill", ["-TERM", $"{process.Id}"]);
            await process.WaitForExitAsync().Guarded("icecast2 to end");
        }

        await Forget();
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task Kill()
    {
        if (_process is { } process)
        {
            ToolProcess.Kill(process);
            await process.WaitForExitAsync().Guarded("icecast2 to be killed");
        }

        await Forget();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task Answers()
    {
        while (true)
        {
            if (_process!.HasExited)
            {
                throw new ToolException($"icecast2 ended with {_process.ExitCode}: {_said}");
            }

            // That somebody takes the connection is not enough: another program may have had the port first, and a connection to a port that
            // nobody has may be one to itself.
            try
            {
                using var limit = new CancellationTokenSource(AnswerLimit);
                using var answer = await _client.GetAsync(Address("/none"), HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (answer.Headers.NonValidated.TryGetValues("Server", out var server) && server.ToString() == Name)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                // It opens its port when it is ready; there is no other sign to wait for.
            }

            await Task.Delay(Breath, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task Forget()
    {
        await _reading;
        _process?.Dispose();
        _process = null;
    }

    private async Task Read(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }
        }
    }

    private async Task WriteConfiguration()
    {
        var logs = Directory.CreateDirectory(_folder.File("log")).FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(logs, (UnixFileMode)0b111_111_111);
        }

        await File.WriteAllTextAsync(
            _folder.File("icecast.xml"),
            $"""
            <icecast>
              <hostname>localhost</hostname><server-id>{Name}</server-id>
              <limits>
                <clients>500</clients><sources>50</sources><queue-size>1048576</queue-size>
                <source-timeout>10</source-timeout><burst-on-connect>1</burst-on-connect><burst-size>65535</burst-size>
              </limits>
              <authentication>
                <source-password>{Password}</source-password>
                <admin-user>admin</admin-user><admin-password>{Password}</admin-password>
              </authentication>
              <listen-socket><port>{Port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
              {string.Join('\n', _mounts.Select(mount => mount.ToXml()))}
              <paths>
                <basedir>{Share}</basedir><webroot>{Share}/web</webroot><adminroot>{Share}/admin</adminroot>
                <logdir>{logs}</logdir><alias source="/" destination="/status.xsl"/>
              </paths>
              <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>2</loglevel></logging>
              <security><chroot>0</chroot></security>
            </icecast>
            """
        );
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using AudioRelay.TestKit.Time;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.TestKit.Postgres;

/// <summary>
/// A real PostgreSQL (Debian's postgresql) with a fresh cluster in a temporary folder on a free loopback port, run by an unprivileged user: it
/// refuses root. It ends, and its cluster goes, with the test program, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Missing = "PostgreSQL is not installed (Debian: apt-get install postgresql)";

    /// <summary>A plain user who may log in and create databases: all that a receiver needs.</summary>
    public const string User = "relay";

    /// <summary>The user that may do everything.</summary>
    public const string Superuser = "postgres";

    /// <summary>The password of both; no server of ours listens to others than this machine.</summary>
    public const string Password = "n0t-a-secret";

    private const int MostSaid = 20_000;

    private readonly TemporaryFolder _folder = new();
    private readonly PostgresSettings _settings;
    private readonly StringBuilder _said = new();
    private int _prefixes;
    private Process? _process;
    private int _pid;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;

    private PostgresServer(PostgresSettings settings) => _settings = settings;

    public static bool IsInstalled => Programs is not null;

    public int Port { get; private set; }

    /// <summary>The server's first process, the parent of all others, while it runs.</summary>
    public int ProcessId => _pid;

    /// <summary>What a configuration says, without the password.</summary>
    public string Url => UrlThrough(Port);

    /// <summary>What the server has said lately.</summary>
    public string Log
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    // The newest release there is.
    private static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(release => Path.Combine(release, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .MaxBy(bin =>
                    double.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), CultureInfo.InvariantCulture, out var n) ? n : 0
                )
            : Path.GetDirectoryName(ToolProcess.Find("initdb"));

    private string Data => _folder.File("data");

    /// <summary>The same for a proxy's port.</summary>
    public static string UrlThrough(int port) => $"postgres://{User}@127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Makes a cluster, starts the server and waits until it takes connections.</summary>
    public static async Task<PostgresServer> Start(PostgresSettings? settings = null)
    {
        var server = new PostgresServer(settings ?? new PostgresSettings());
        try
        {
            await server.MakeCluster();
            await LoopbackPort.StartOn(
                port =>
                {
                    server.Port = port;
                    return server.Restart();
                },
                server.Kill
            );
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A database prefix that nobody else has on this server: each test takes its own.</summary>
    public string NewPrefix() => string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _prefixes)}");

    /// <summary>Starts it again on the same port and cluster, after <see cref="Stop"/> or <see cref="Kill"/>.</summary>
    public async Task Restart()
    {
        var ready = _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Its input is a pipe from here. When this program ends, even by SIGKILL, the pipe does, and the server is told to go at once.
        // (A parent-death signal would not do: it comes when the *thread* that started the child ends.)
        const string UntilInputEnds = """
            data=$1; shift
            exec 3<&0
            "$@" 3<&- </dev/null & server=$!
            echo "server $server"
            trap 'gone=yes; kill -QUIT $server' TERM
            { read -r nothing; kill -TERM $$; } <&3 & watcher=$!
            wait $server; code=$?
            if [ -n "$gone" ]; then wait $server; rm -rf "$data"; else kill $watcher; fi
            exit $code
            """;
        _process = StartAs(["sh", "-c", UntilInputEnds, "sh", Data, Path.Combine(Programs!, "postgres"), "-D", Data, .. Arguments()]);
        _pid = 0;
        _reading = Task.WhenAll(Read(_process.StandardError), Read(_process.StandardOutput));
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(ready.Task, ended).Guarded(() => $"PostgreSQL to take connections; it said: {Log}");
        if (!ready.Task.IsCompleted)
        {
            throw new ToolException($"PostgreSQL ended with {_process.ExitCode}: {Log}");
        }
    }

    /// <summary>Asks it to end cleanly, connections cut (SIGINT, its "fast shutdown").</summary>
    public Task Stop() => End("-INT");

    /// <summary>Kills all of it (SIGKILL), in whatever it is doing.</summary>
    public async Task Kill()
    {
        if (_process is { } process)
        {
            // Not the shell above it: it takes note of the death, else the cluster's lock file would still name a process that exists.
            KillServer(process);
            await process.WaitForExitAsync().Guarded("PostgreSQL to be killed");
        }

        await Forget();
    }

    /// <summary>Runs SQL as the superuser and gives what it printed, one row per line, columns parted by <c>|</c>.</summary>
    public async Task<string> Sql(string sql, string database = "postgres", TimeSpan? limit = null)
    {
        var psql = Path.Combine(Programs!, "psql");
        var address = $"postgresql://{Superuser}:{Password}@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{database}";
        var output = await ToolProcess.Run(psql, ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", sql], limit: limit);
        return Encoding.UTF8.GetString(output).TrimEnd();
    }

    public async ValueTask DisposeAsync()
    {
        // Its "immediate shutdown": as rude as a kill, but it waits for its own processes.
        await End("-QUIT");
        _folder.Dispose();
    }

    private static string[] AsPlainUser(IReadOnlyList<string> command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. command] : [.. command];

    private static Process StartAs(IReadOnlyList<string> command)
    {
        var whole = AsPlainUser(command);
        return ToolProcess.Start(whole[0], whole[1..]);
    }

    private async Task End(string signal)
    {
        if (_process is { HasExited: false } process && _pid != 0)
        {
            await ToolProcess.Run("kill", [signal, _pid.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().Guarded("PostgreSQL to end");
        }

        await Forget();
    }

    private void KillServer(Process shell)
    {
        if (shell.HasExited || _pid == 0)
        {
            ToolProcess.Kill(shell);
            return;
        }

        try
        {
            using var server = Process.GetProcessById(_pid);
            ToolProcess.Kill(server);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private async Task MakeCluster()
    {
        var programs = Programs ?? throw new ToolException(Missing);
        if (!OperatingSystem.IsWindows())
        {
            // The unprivileged user makes its folder in it.
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        }

        await File.WriteAllTextAsync(_folder.File("password"), Password);
        var initdb = AsPlainUser([
            Path.Combine(programs, "initdb"),
            "-D",
            Data,
            "-U",
            Superuser,
            "-A",
            "scram-sha-256",
            $"--pwfile={_folder.File("password")}",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ]);
        await ToolProcess.Run(initdb[0], initdb[1..]);
        var single = AsPlainUser([Path.Combine(programs, "postgres"), "--single", "-D", Data, "postgres"]);
        var role = $"create role {User} login createdb password '{Password}'\n";
        await ToolProcess.Run(single[0], single[1..], Encoding.UTF8.GetBytes(role));
    }

    private IEnumerable<string> Arguments()
    {
        (string Name, string Value)[] settings =
        [
            ("port", Port.ToString(CultureInfo.InvariantCulture)),
            ("listen_addresses", "127.0.0.1"),
            ("unix_socket_directories", ""),
            ("max_connections", _settings.MaxConnections.ToString(CultureInfo.InvariantCulture)),
            ("fsync", _settings.Fsync ? "on" : "off"),
            ("full_page_writes", _settings.Fsync ? "on" : "off"),
            .. _settings.More.Select(pair => (pair.Key, pair.Value)),
        ];
        return settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" });
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
            if (line.StartsWith("server ", StringComparison.Ordinal))
            {
                _pid = int.Parse(line["server ".Length..], CultureInfo.InvariantCulture);
            }
            else if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }

            lock (_said)
            {
                _said.AppendLine(line);
                _said.Remove(0, Math.Max(0, _said.Length - MostSaid));
            }
        }
    }
}

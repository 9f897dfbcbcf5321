using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Host.Roles;
using AudioRelay.Host.Tests.Cli;
using AudioRelay.Host.Tests.Config;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.TestKit.Postgres;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Host.Tests.Roles;

/// <summary>What a person may get wrong about a receiver: each is told as what it is.</summary>
public sealed class ReceiverBadInputTests(SharedPostgres shared)
{
    [Fact]
    public async Task A_receiver_that_is_taken_for_a_recorder_is_called_by_its_name()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(TimeSpan.FromSeconds(1));
        await relay.StartReceiver();
        var wrong = relay.Options(relay.Receiver!.Address);
        wrong = wrong with { Config = wrong.Config with { DataDirectory = relay.ReceiverFolder + "2" } };
        await using var second = await ReceiverProcess.StartAsync(wrong, serves: false, relay.Context(), RelayPair.Token);

        var remote = await Remote(second, r => r.Detail is not null);
        Assert.Contains("receiver", remote.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_named()
    {
        await using var relay = new RelayPair();
        var options = relay.Options(new Uri("http://127.0.0.1:9/"));
        await File.WriteAllTextAsync(relay.ReceiverFolder, "", RelayPair.Token);
        var error = await Assert.ThrowsAsync<CliException>(() =>
            ReceiverProcess.StartAsync(options, true, relay.Context(), RelayPair.Token)
        );
        Assert.Contains(relay.ReceiverFolder, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password", "password")]
    [InlineData("nobody there", "127.0.0.1:9")]
    public async Task A_database_server_that_does_not_let_us_in_ends_the_start_with_the_reason(string what, string says)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        await using var relay = new RelayPair();
        var url = what == "nobody there" ? "postgres://relay@127.0.0.1:9" : server.Url;
        var options = OnServer(relay, url, "wr0ng", server.NewPrefix());

        var error = await Assert.ThrowsAsync<CliException>(() =>
            ReceiverProcess.StartAsync(options, true, relay.Context(), RelayPair.Token)
        );
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_are_kept_on_a_database_server_when_one_is_configured()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        await using var relay = new RelayPair();
        await relay.StartRecorder(TimeSpan.FromMilliseconds(200));
        var options = OnServer(relay, server.Url, PostgresServer.Password, server.NewPrefix(), relay.Recorder!.Address);
        await using var receiver = await ReceiverProcess.StartAsync(options, serves: true, relay.Context(), RelayPair.Token);
        await Show(receiver, show => show is { State: ShowSyncState.UpToDate, ReadId: > 5 });
        using var client = new HttpClient { BaseAddress = receiver.Address };
        Assert.Contains(".mp3", await client.GetStringAsync("api/show/news/playlist.m3u8", RelayPair.Token), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(relay.ReceiverFolder, "shows")));
    }

    [Fact]
    public async Task A_show_that_is_asked_for_and_not_there_is_not_offered()
    {
        await using var relay = new RelayPair();
        await relay.StartRecorder(TimeSpan.FromSeconds(1));
        var options = relay.Options();
        options = options with { Remotes = [options.Remotes[0] with { Shows = [new("newz", null)] }] };
        Assert.Equal(ExitCodes.Failed, await ReceiverRole.SyncOnceAsync(options, relay.Context(), RelayPair.Token));
        Assert.Matches("^newz: not_offered at 0\n$", relay.Out.ToString());
        Assert.Matches("^audiorelay: newz: .*newz.*\n$", relay.Error.ToString());
    }

    [Fact]
    public async Task The_doctor_looks_at_a_receivers_recorders_and_database()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        await using var relay = new RelayPair();
        await relay.StartRecorder(TimeSpan.FromSeconds(1));
        using var folder = new ConfigFolder();
        folder.Variables["CRED_POSTGRES_DB_PASSWORD"] = PostgresServer.Password;
        folder.Write(
            "receiver.toml",
            $"""
            config_type = 'receiver'
            data_dir = '{relay.ReceiverFolder}'
            port = 0
            [[remotes]]
            name = 'there'
            url = '{relay.Recorder!.Address}'
            [[remotes]]
            name = 'away'
            url = 'http://127.0.0.1:9/'
            [database]
            url = '{server.Url}'
            credential_profile = 'db'
            """
        );
        var run = await CommandLineRun.Of(folder, "doctor", "-c", "receiver.toml");

        Assert.Matches("(?m)^ok +recorder there +answers; shows: [01]$", run.Out);
        Assert.Matches("(?m)^note +recorder away +Nothing listens at http://127.0.0.1:9/", run.Out);
        Assert.Matches("(?m)^ok +database +PostgreSQL [0-9.]+.*; databases may be created$", run.Out);
        Assert.Contains(relay.ReceiverFolder, run.Out, StringComparison.Ordinal);
    }

    private static ReceiverOptions OnServer(RelayPair relay, string url, string password, string prefix, Uri? recorder = null)
    {
        var options = relay.Options(recorder ?? new Uri("http://127.0.0.1:9/"));
        return options with
        {
            Config = options.Config with
            {
                Database = new DatabaseConfig { Url = new Uri(url), Prefix = prefix },
            },
            DatabasePassword = new Secret(password),
        };
    }

    private static Task<RemoteStatus> Remote(ReceiverProcess receiver, Func<RemoteStatus, bool> isSo) =>
        Follow(receiver, report => report.Remotes.FirstOrDefault(isSo)).Guarded("the recorder");

    private static Task<ShowSyncStatus> Show(ReceiverProcess receiver, Func<ShowSyncStatus, bool> isSo) =>
        Follow(receiver, report => report.Shows.FirstOrDefault(isSo)).Guarded("the show");

    private static async Task<T> Follow<T>(ReceiverProcess receiver, Func<SyncReport, T?> find)
        where T : class
    {
        await foreach (var report in receiver.Receiver.Board.Follow(RelayPair.Token))
        {
            if (find(report) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("The board ended.");
    }
}

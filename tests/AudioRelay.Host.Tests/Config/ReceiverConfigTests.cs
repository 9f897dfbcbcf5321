using AudioRelay.Host.Config;

namespace AudioRelay.Host.Tests.Config;

public sealed class ReceiverConfigTests : IDisposable
{
    private const string Minimal = "config_type = 'receiver'\nremote_url = 'http://r:17000'\n";
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("postgres_url = 'postgres://u@h:5432'\ncredential_profile = 'p'\ndatabase_prefix = 'x'\nshows = ['a', 'b']\n")]
    [InlineData("shows = ['a', 'b']\n[database]\nurl = 'postgres://u@h:5432'\ncredential_profile = 'p'\nprefix = 'x'\n")]
    [InlineData(
        "[database]\nurl = 'postgres://u@h:5432'\ncredential_profile = 'p'\nprefix = 'x'\n[[shows]]\nname = 'a'\n[[shows]]\nname = 'b'\n"
    )]
    public void Every_shape_of_the_predecessor_says_the_same(string keys)
    {
        var config = folder.Receiver($"{Minimal}lease_name = 'sync'\nchunk_size = 50\nport = 18001\nsync_interval_seconds = 5\n{keys}");

        Assert.Equal(
            new DatabaseConfig
            {
                Url = new Uri("postgres://u@h:5432"),
                CredentialProfile = "p",
                Prefix = "x",
            },
            config.Database
        );
        Assert.Equal(["a", "b"], config.Shows!.Select(show => show.Name));
        Assert.Equal((50, 18001, TimeSpan.FromSeconds(5)), (config.ChunkSize, config.Listen.Port, config.SyncInterval));
        Assert.Equal(new Uri("http://r:17000"), Assert.Single(config.Remotes).Url);
    }

    [Fact]
    public void Without_a_database_and_a_filter_it_takes_everything_into_embedded_stores()
    {
        var config = folder.Receiver(Minimal);

        Assert.Null(config.Database);
        Assert.Null(config.Shows);
        Assert.Equal((1000, 18000, TimeSpan.FromSeconds(60)), (config.ChunkSize, config.Listen.Port, config.SyncInterval));
    }

    [Fact]
    public void Several_recorders_are_read_with_their_tokens()
    {
        var config = folder.Receiver(
            "config_type = 'receiver'\n[[remotes]]\nname = 'a'\nurl = 'http://a'\ntoken_profile = 't'\n[[remotes]]\nname = 'b'\nurl = 'https://b'\ninsecure_remote = true\n[[shows]]\nname = 's'\nretention_hours = 48\n"
        );

        Assert.Equal([("a", "t", false), ("b", null, true)], config.Remotes.Select(r => (r.Name, r.TokenProfile, r.InsecureRemote)));
        Assert.Equal([new ReceivedShowConfig("s", TimeSpan.FromHours(48))], config.Shows!);
    }

    [Theory]
    [InlineData("", "lacks 'remote_url'")]
    [InlineData("remote_url = 'http://r'\nchunk_size = 0", "'chunk_size' = 0")]
    [InlineData("remote_url = 'http://r'\nsync_interval_seconds = 0", "'sync_interval_seconds' = 0")]
    [InlineData("remote_url = 'http://r'\n[[remotes]]\nname = 'a'\nurl = 'http://a'", "use one of them")]
    [InlineData("remote_url = 'http://r'\npostgres_url = 'postgres://u@h'\n[database]\nurl = 'postgres://u@h'", "use one of them")]
    [InlineData("remote_url = 'http://r'\npostgres_url = 'mysql://u:hunter2@h'", "'postgres_url' is not an address such as postgres://")]
    [InlineData("remote_url = 'http://r'\ndatabase_prefix = 'x'", "lacks 'postgres_url'")]
    [InlineData("remote_url = 'http://r'\nshows = 'a'", "'shows' is a list of names")]
    [InlineData(
        "remote_url = 'http://r'\nshows = ['0123456789012345678901234567890123456789']\n[database]\nurl = 'postgres://u@h'\nprefix = 'a_long_prefix'",
        "63 bytes"
    )]
    [InlineData("remote_url = 'http://r'\n[runtime]\nlease_seconds = 4\nlease_renewal_seconds = 3", "at most half")]
    public void What_cannot_work_is_refused_at_start(string keys, string says)
    {
        var error = Assert.Single(folder.ReceiverErrors($"config_type = 'receiver'\n{keys}\n"));

        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }
}

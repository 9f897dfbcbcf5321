using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Postgres;
using AudioRelay.Storage.Tests.Receiving;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

/// <summary>What goes wrong is named, says what to do, and never tells the password.</summary>
public sealed class PostgresFaultTests(SharedPostgres shared)
{
    private const long Noon = 1_790_000_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wr0ng-s3cret")]
    [InlineData(null)]
    public async Task A_wrong_or_missing_password_is_a_login_refused(string? password)
    {
        var options = PostgresTestStores.Options(await ServerAsync()) with { Password = password };
        await using var stores = PostgresTestStores.Open(options);
        var error = await FaultAsync(StorageFault.LoginRefused, async () => await stores.ListAsync(Token));
        Assert.Contains("credentials", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng-s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable_and_named()
    {
        var options = PostgresTestStores.Options(await ServerAsync()) with { Url = new Uri("postgres://relay:s3cret@127.0.0.1:1") };
        await using var stores = PostgresTestStores.Open(options);
        var error = await FaultAsync(StorageFault.Unreachable, async () => await stores.ListAsync(Token));
        Assert.Equal(
            "The PostgreSQL server 127.0.0.1:1 cannot be reached, or broke off: Connection refused. See that it runs.",
            error.Message
        );
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_the_TLS_that_is_asked_for_is_unreachable()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server) with { Url = new Uri(server.Url + "?sslmode=require") };
        await using var stores = PostgresTestStores.Open(options);
        await FaultAsync(StorageFault.Unreachable, async () => await stores.ListAsync(Token));
    }

    [Fact]
    public async Task A_user_who_may_not_create_databases_is_told_how_to_be_allowed()
    {
        var server = await ServerAsync();
        await server.Sql($"create role \"may not\" login password '{PostgresServer.Password}'");
        var url = new Uri(server.Url.Replace("relay@", "may%20not@", StringComparison.Ordinal));
        await using var stores = PostgresTestStores.Open(PostgresTestStores.Options(server) with { Url = url });
        var error = await FaultAsync(
            StorageFault.NotAllowed,
            async () => await stores.OpenOrCreateAsync(new SourceRecording().Show, Token)
        );
        Assert.Contains("alter role \"may not\" createdb", error.Message, StringComparison.Ordinal);
        Assert.Empty(await stores.ListAsync(Token));
        await FaultAsync(StorageFault.NotAllowed, async () => await stores.Control.BookmarksAsync(null, Token));
    }

    [Fact]
    public async Task A_full_disk_is_named_loses_nothing_and_is_survived()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server);
        await using var stores = PostgresTestStores.Open(options);
        var source = new SourceRecording().Open(Noon).Record(3);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        var at = await store.ClaimAsync(Token);
        var batch = source.Pull();
        var database = $"save_audio_{options.Prefix}_show";
        await server.Sql(
            """
            create function full_disk() returns trigger language plpgsql as $$
            begin if new.id = 3 then raise exception 'No space left on device' using errcode = '53100'; end if; return new; end $$;
            create trigger full_disk before insert on segments for each row execute function full_disk()
            """,
            database
        );
        await FaultAsync(StorageFault.DiskFull, async () => await store.CommitAsync(at, batch, Token));
        Assert.Equal(at, await store.CheckpointAsync(Token));
        Assert.Empty(await store.Reader.JournalAsync(0, 10, Token));
        await server.Sql("drop trigger full_disk on segments", database);
        Assert.Equal(3, (await store.CommitAsync(at, batch, Token)).Stored.MaxId);
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused_and_listed_with_that_fault()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server);
        await using var stores = PostgresTestStores.Open(options);
        await using (await stores.OpenOrCreateAsync(new SourceRecording().Show, Token))
        await using (await stores.OpenOrCreateAsync(new SourceRecording("db_other", name: "other").Show, Token))
        {
            await server.Sql("insert into audiorelay_schema (version) values (99)", $"save_audio_{options.Prefix}_show");
        }

        await FaultAsync(StorageFault.NewerSchema, async () => await stores.OpenAsync("show", Token));
        await FaultAsync(StorageFault.NewerSchema, async () => await stores.OpenOrCreateAsync(new SourceRecording().Show, Token));
        var listed = await stores.ListAsync(Token);
        Assert.Equal(["other", $"save_audio_{options.Prefix}_show"], listed.Select(s => s.Name));
        Assert.Equal((null, StorageFault.NewerSchema), (listed[0].Fault?.Fault, listed[1].Fault!.Fault));
    }

    [Fact]
    public async Task A_predecessors_database_is_refused_untouched_and_another_prefix_is_advised()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server);
        var database = $"save_audio_{options.Prefix}_show";
        await server.Sql($"create database {database} owner {PostgresServer.User}");
        await server.Sql(
            """
            create table metadata (key varchar primary key, value varchar not null);
            insert into metadata values ('version', '4'), ('name', 'show'), ('is_recipient', 'true');
            create table segments (id bigserial primary key, audio_data bytea)
            """,
            database
        );
        await using var stores = PostgresTestStores.Open(options);
        var error = await FaultAsync(
            StorageFault.WrongVersion,
            async () => await stores.OpenOrCreateAsync(new SourceRecording().Show, Token)
        );
        Assert.Contains("another prefix", error.Message, StringComparison.Ordinal);
        Assert.Equal(StorageFault.WrongVersion, Assert.Single(await stores.ListAsync(Token)).Fault!.Fault);
        Assert.Equal(
            "2",
            await server.Sql("select count(*) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace", database)
        );
    }

    [Fact]
    public async Task A_database_that_holds_something_else_is_refused()
    {
        var server = await ServerAsync();
        var options = PostgresTestStores.Options(server);
        await server.Sql($"create database save_audio_{options.Prefix}_show owner {PostgresServer.User}");
        await server.Sql("create table invoices (id int)", $"save_audio_{options.Prefix}_show");
        await using var stores = PostgresTestStores.Open(options);
        await FaultAsync(StorageFault.NotADatabase, async () => await stores.OpenOrCreateAsync(new SourceRecording().Show, Token));
    }

    [Fact]
    public async Task A_name_that_PostgreSQL_would_cut_off_is_refused_with_how_much_is_too_much()
    {
        var options = PostgresTestStores.Options(await ServerAsync(), prefix: new string('p', 30));
        await using var stores = PostgresTestStores.Open(options);
        var name = new string('n', 40);
        var error = await FaultAsync(
            StorageFault.ConfigMismatch,
            async () => await stores.OpenOrCreateAsync(new SourceRecording(name: name).Show, Token)
        );
        Assert.Contains("19 bytes shorter", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://relay@127.0.0.1", "postgres://")]
    [InlineData("postgres://relay:s3cret@127.0.0.1?sslmode=perhaps", "sslmode=perhaps")]
    [InlineData("postgres://relay:s3cret@127.0.0.1?ssl_mode=require", "ssl_mode")]
    public void A_URL_that_is_none_says_what_is_wrong_with_it(string url, string said)
    {
        var error = Assert.Throws<FormatException>(() => new PostgresAddress(new Uri(url)));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_from_a_station_is_kept_as_text()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var source = new SourceRecording().Open(Noon);
        source.Tell(Noon, new TitleSet(Noon, 0, "a\0b \ud800 c\u202e'); drop table titles; -- 100%_\\"));
        source.Tell(Noon, new Trouble(GapCause.HttpStatus, Noon, null, "\0\udfff")).Record(1);
        await using var store = await stores.OpenOrCreateAsync(source.Show, Token);
        await store.CommitAsync(await store.ClaimAsync(Token), source.Pull(), Token);
        var title = Assert.Single(await store.Reader.TitlesAsync(new TitleQuery(Containing: "B \ufffd C\u202e"), Token));
        Assert.StartsWith("a\ufffdb \ufffd c", title.Text, StringComparison.Ordinal);
        Assert.Single(await store.Reader.TitlesAsync(new TitleQuery(Containing: "100%_\\"), Token));
        Assert.Empty(await store.Reader.TitlesAsync(new TitleQuery(Containing: "100_"), Token));
        Assert.Equal(4, (await store.Reader.JournalAsync(0, 10, Token)).Count);
    }

    private static async Task<StorageException> FaultAsync(StorageFault expected, Func<Task> work)
    {
        var error = await Assert.ThrowsAnyAsync<StorageException>(work);
        Assert.Equal(expected, error.Fault);
        return error;
    }

    private async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        return await shared.Server;
    }
}

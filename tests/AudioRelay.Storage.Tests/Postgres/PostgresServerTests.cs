using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresServerTests(SharedPostgres shared)
{
    [Fact]
    public async Task The_server_of_the_tests_answers_and_its_plain_user_may_create_databases()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        var server = await shared.Server;
        Assert.Equal("t|f", await server.Sql($"select rolcreatedb, rolsuper from pg_roles where rolname = '{PostgresServer.User}'"));
        Assert.NotEqual(server.NewPrefix(), server.NewPrefix());
    }

    [Fact]
    public async Task What_was_committed_before_a_kill_is_there_after_a_restart()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, PostgresServer.Missing);
        await using var server = await PostgresServer.Start(new PostgresSettings(MaxConnections: 7));
        await server.Sql("create table kept (n int); insert into kept values (42)");
        await server.Kill();
        await server.Restart();
        Assert.Equal("42", await server.Sql("select n from kept"));
        await server.Stop();
        await server.Restart();
        Assert.Equal("7", await server.Sql("show max_connections"));
    }
}

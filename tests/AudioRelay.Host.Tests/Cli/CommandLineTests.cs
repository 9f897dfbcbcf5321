using AudioRelay.Host.Cli;
using AudioRelay.Host.Config;
using AudioRelay.Host.Tests.Config;
using AudioRelay.Http.Security;

namespace AudioRelay.Host.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private const string Record = "config_type = 'record'\n[[sessions]]\nurl = 'http://a/'\nname = 'a'\n";
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("no such command", "reocrd")]
    [InlineData("no command at all")]
    [InlineData("an unknown option", "record", "--colour")]
    [InlineData("a missing argument", "inspect")]
    [InlineData("a port that is no number", "record", "-p", "high")]
    [InlineData("a port that is none", "demo", "-p", "70000")]
    [InlineData("an address that is none", "demo", "--url", "ftp://a")]
    [InlineData("a missing path", "actors", "show")]
    public async Task A_wrong_command_line_ends_with_2_and_points_to_help(string what, params string[] arguments)
    {
        var run = await CommandLineRun.Of(folder, arguments);

        Assert.True(run.ExitCode == 2, $"{what}: {run}");
        Assert.True(run.ErrorLines.Length >= 2, what);
        Assert.All(run.ErrorLines, line => Assert.StartsWith("audiorelay: ", line, StringComparison.Ordinal));
        Assert.Contains("--help'", run.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("record", "--help")]
    [InlineData("pbm", "tree", "--help")]
    public async Task Help_and_version_end_with_0(params string[] arguments)
    {
        var run = await CommandLineRun.Of(folder, arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(run.Out);
        Assert.Empty(run.ErrorLines);
    }

    [Fact]
    public async Task Every_error_of_a_configuration_is_a_line_of_its_own_without_a_stack_trace()
    {
        folder.Write("r.toml", "config_type = 'record'\napi_prot = 1\n[[sessions]]\nurl = 'x'\nname = 'a'\n");

        var run = await CommandLineRun.Of(folder, "record", "-c", "r.toml");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "audiorelay: r.toml:2:1: a record configuration has no key 'api_prot'; did you mean 'api_port'?",
                "audiorelay: r.toml:4:7: 'url' is not an address that begins with http:// or https://",
            ],
            run.ErrorLines
        );
    }

    [Fact]
    public async Task A_file_to_inspect_that_is_not_there_is_named()
    {
        var run = await CommandLineRun.Of(folder, "inspect", "nowhere.sqlite");

        Assert.Equal((1, "audiorelay: there is no file nowhere.sqlite"), (run.ExitCode, Assert.Single(run.ErrorLines)));
    }

    [Fact]
    public void The_port_of_the_command_line_wins_and_tokens_are_looked_up()
    {
        folder.Write("r.toml", "listen = '*'\ntoken_profile = ['a', 'b']\n" + Record);
        folder.Variables["CRED_TOKEN_A"] = "one";
        folder.Variables["CRED_TOKEN_B"] = "two";
        folder.Variables["CRED_TOKEN_B_SCOPES"] = "listen";

        var options = RecordCommand.Prepare("r.toml", 0, CommandLineRun.Context(folder, TextWriter.Null, TextWriter.Null));

        Assert.Equal(0, options.Config.Listen.Port);
        Assert.Equal(
            [("one", AccessScopes.All), ("two", AccessScopes.Listen)],
            options.Tokens.Select(token => (token.Value.Reveal(), token.Scopes))
        );
    }

    [Fact]
    public void A_token_that_is_nowhere_stops_the_start()
    {
        folder.Write("r.toml", "listen = '*'\ntoken_profile = 'a'\n" + Record);

        var refused = Assert.Throws<ConfigException>(() =>
            RecordCommand.Prepare("r.toml", null, CommandLineRun.Context(folder, TextWriter.Null, TextWriter.Null))
        );

        Assert.Contains("CRED_TOKEN_A", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_signal_asks_for_a_stop_and_the_second_does_not_wait()
    {
        List<int> exits = [];
        using var signals = new StopSignals(exits.Add);

        signals.Received();
        Assert.True(signals.Stop.IsCancellationRequested);
        Assert.Empty(exits);

        signals.Received();
        Assert.Equal([130], exits);
    }
}

using System.Net;
using System.Net.Sockets;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AudioRelay.EndToEnd.Errors;

/// <summary>What stands on stderr when it cannot start: one clear line for each thing that is wrong, and nothing else.</summary>
public sealed class StartErrorsTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/stream");

    [Fact]
    public async Task A_port_in_use_is_named_with_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var config = new TempConfig([new ShowLines("show", Nowhere, "copy")]);
        var error = await OnlyError(config.Home, "record", "-c", config.File, "-p", $"{port}");
        Assert.Contains($"port {port}", error, StringComparison.Ordinal);
        Assert.Contains("-p", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_named()
    {
        using var config = new TempConfig([]);
        var error = await OnlyError(config.Home, "record", "-c", "nowhere.toml");
        Assert.Contains("nowhere.toml", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_in_a_configuration_is_told_at_once_each_with_its_line()
    {
        using var config = new TempConfig([]);
        await File.WriteAllTextAsync(
            config.File,
            """
            config_type = 'record'
            api_prot = 17000
            output_dir = 7

            [[sessions]]
            name = 'so/so'
            url = 'gopher://radio.example.org/'
            audio_format = 'ogg'
            split_interval = 61

            [sessions.schedule]
            record_start = '25:00'
            record_end = '09:30'
            """,
            TestContext.Current.CancellationToken
        );
        var (code, said, errors) = await AudioRelayProcess.Run(config.Home, ["record", "-c", "record.toml"]);
        Assert.Equal(1, code);
        foreach (var line in (int[])[2, 3, 6, 7, 8, 9, 12])
        {
            Assert.True(errors.Any(e => e.Contains($"record.toml:{line}", StringComparison.Ordinal)), $"nothing about line {line}: {said}");
        }

        Assert.Contains(errors, e => e.Contains("api_port", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("opus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_toml_is_told_with_its_line()
    {
        using var config = new TempConfig([]);
        await File.WriteAllTextAsync(config.File, "config_type = 'record'\napi_port = = 1\n", TestContext.Current.CancellationToken);
        Assert.Contains("record.toml:2", await OnlyError(config.Home, "record", "-c", "record.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_recorder_of_a_show_is_refused_and_the_first_goes_on()
    {
        using var config = new TempConfig([new ShowLines("show", Nowhere, "copy")]);
        await using var first = await RecorderRun.Start(config);
        var error = await OnlyError(config.Home, "record", "-c", config.File);
        Assert.Contains("Another instance is already recording", error, StringComparison.Ordinal);
        Assert.Equal("OK", await first.Http.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Databases_that_cannot_be_recorded_to_are_told_all_at_once_and_not_touched()
    {
        string[] shows = ["other", "recipient", "garbage", "format"];
        using var config = new TempConfig(shows.Select(name => new ShowLines(name, Nowhere, "copy")));
        Directory.CreateDirectory(config.Output);
        Metadata(config.Database("other"), "other", "3", "copy", "false");
        Metadata(config.Database("recipient"), "recipient", "4", "copy", "true");
        Metadata(config.Database("format"), "format", "4", "opus", "false");
        await File.WriteAllTextAsync(config.Database("garbage"), new string('x', 8192), TestContext.Current.CancellationToken);
        var before = shows.Select(name => File.ReadAllBytes(config.Database(name))).ToArray();

        var (code, said, errors) = await AudioRelayProcess.Run(config.Home, ["record", "-c", config.File]);
        Assert.Equal(1, code);
        Assert.All(errors, e => Assert.StartsWith("audiorelay: ", e, StringComparison.Ordinal));
        Assert.True(errors.Any(e => e.Contains("other: Unsupported database version", StringComparison.Ordinal)), said);
        Assert.True(errors.Any(e => e.Contains("recipient: Cannot record to a recipient database", StringComparison.Ordinal)), said);
        Assert.True(errors.Any(e => e.Contains("format: Config mismatch: audio_format", StringComparison.Ordinal)), said);
        Assert.True(errors.Any(e => e.Contains("garbage: ", StringComparison.Ordinal)), said);
        Assert.Equal(before, shows.Select(name => File.ReadAllBytes(config.Database(name))));
    }

    [Fact]
    public async Task A_missing_library_is_named_with_a_way_out_and_copy_needs_none()
    {
        var without = new Dictionary<string, string> { ["AUDIORELAY_WITHOUT_LIBRARIES"] = "opus" };
        using var config = new TempConfig([new ShowLines("show", Nowhere, "opus")]);
        var (code, said, errors) = await AudioRelayProcess.Run(config.Home, ["record", "-c", config.File], without);
        Assert.Equal(1, code);
        Assert.True(errors is [var only] && only.Contains("libopus", StringComparison.Ordinal), said);

        config.Write([new ShowLines("show", Nowhere, "copy")]);
        await using var recorder = await RecorderRun.Start(config, without);
        Assert.Equal(0, await recorder.Stop());
    }

    [Fact]
    public async Task A_wrong_command_line_is_a_usage_error()
    {
        using var config = new TempConfig([]);
        Assert.Equal(2, (await AudioRelayProcess.Run(config.Home, ["rekord"])).ExitCode);
        Assert.Equal(2, (await AudioRelayProcess.Run(config.Home, ["record", "-p", "70000"])).ExitCode);
        Assert.Equal(0, (await AudioRelayProcess.Run(config.Home, ["--help"])).ExitCode);
    }

    [Fact]
    public async Task Inspect_says_what_is_wrong_with_a_file()
    {
        using var config = new TempConfig([]);
        Directory.CreateDirectory(config.Output);
        Assert.Contains("nofile", await OnlyError(config.Home, "inspect", "nofile.sqlite", "-p", "0"), StringComparison.Ordinal);
        Metadata(config.Database("other"), "other", "3", "opus", "false");
        Assert.Contains(
            "Unsupported database version",
            await OnlyError(config.Home, "inspect", config.Database("other"), "-p", "0"),
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(config.Database("text"), new string('x', 8192), TestContext.Current.CancellationToken);
        Assert.Contains(
            "text.sqlite",
            await OnlyError(config.Home, "inspect", config.Database("text"), "-p", "0"),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> OnlyError(string home, params string[] arguments)
    {
        var (code, said, errors) = await AudioRelayProcess.Run(home, arguments);
        Assert.True(code == 1, $"exit code {code}: {said}");
        Assert.True(errors is [{ } only] && only.StartsWith("audiorelay: ", StringComparison.Ordinal), said);
        return errors[0];
    }

    private static void Metadata(string path, string name, string version, string format, string isRecipient)
    {
        SqliteLibrary.Version();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            create table metadata (key varchar primary key, value varchar not null);
            create table sections (id bigint not null primary key, start_timestamp_ms bigint not null);
            create table segments (id integer primary key autoincrement, timestamp_ms bigint not null,
                is_timestamp_from_source integer not null default 0, audio_data blob not null,
                section_id bigint not null references sections (id) on delete cascade, duration_samples integer not null);
            insert into metadata values ('version', '{version}'), ('unique_id', 'db_a1b2c3d4e5f6'), ('name', '{name}'),
                ('audio_format', '{format}'), ('bitrate', '0'), ('sample_rate', '48000'), ('is_recipient', '{isRecipient}');
            """;
        command.ExecuteNonQuery();
    }
}

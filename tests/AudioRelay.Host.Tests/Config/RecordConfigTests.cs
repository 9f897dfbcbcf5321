using System.Net;
using AudioRelay.Host.Config;
using AudioRelay.Media.Codecs;
using AudioRelay.Streams.Capture;
using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Host.Tests.Config;

public sealed class RecordConfigTests : IDisposable
{
    private const string Minimal = "config_type = 'record'\n[[sessions]]\nurl = 'http://a/'\nname = 'a'\n";
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_smallest_file_gets_every_default()
    {
        var config = folder.Record(Minimal);

        Assert.Equal(Path.Combine(folder.Home, ".local/share/audiorelay/recordings"), config.OutputDirectory);
        Assert.Equal(Path.Combine(folder.Home, ".local/share/audiorelay"), config.DataDirectory);
        Assert.Equal(17000, config.Listen.Port);
        Assert.True(config.Listen.OnlyLoopback);
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], config.Listen.Addresses);
        Assert.Equal(new RuntimeConfig(), config.Runtime);
        var session = Assert.Single(config.Sessions);
        Assert.Equal(
            new SessionConfig
            {
                Url = new Uri("http://a/"),
                Name = "a",
                Format = StoredFormat.Opus,
                BitrateKbps = null,
                SplitInterval = TimeSpan.Zero,
                Retention = TimeSpan.FromDays(7),
                Window = new DailyWindow(TimeOnly.MinValue, TimeOnly.MinValue),
                TitleCharset = null,
                TrustStationClock = false,
                Decoder = DecoderChoice.Auto,
            },
            session
        );
    }

    [Fact]
    public void A_file_of_the_predecessor_loads_with_all_its_keys()
    {
        folder.Write(
            "record.toml",
            """
            config_type = 'record'
            output_dir = 'tmp'
            api_port = 3000
            export_to_sftp = false
            export_to_remote_periodically = false
            lease_name = 'sync'

            [export]
            to_sftp = false
            periodically = false

            [sftp]
            host = 'nas'
            port = 22
            username = 'me'
            credential_profile = 'nas'
            remote_dir = '/radio'

            [[sessions]]
            url = 'https://stream.example.org/live'
            name = 'am1430'
            audio_format = 'aac'
            bitrate = 0
            split_interval = 10
            storage_format = 'sqlite'
            retention_hours = 0
            [sessions.schedule]
            record_start = '22:00'
            record_end = '2:5'
            """
        );
        var loaded = ConfigFiles.LoadRecord("record.toml", folder.Environment);

        Assert.Equal(Path.Combine(folder.Home, "tmp"), loaded.Value.OutputDirectory);
        var session = Assert.Single(loaded.Value.Sessions);
        Assert.Equal((StoredFormat.Aac, null, TimeSpan.FromSeconds(10)), (session.Format, session.BitrateKbps, session.SplitInterval));
        Assert.Null(session.Retention);
        Assert.Equal(new DailyWindow(new(22, 0), new(2, 5)), session.Window);
        Assert.Equal([6, 12], loaded.Notes.Select(note => note.Position!.Value.Line).Order());
    }

    [Fact]
    public void Every_error_is_reported_at_once_in_the_order_of_the_file_with_what_was_meant()
    {
        var errors = folder.RecordErrors(
            """
            config_type = 'record'
            api_prot = 17000
            listen = '0.0.0.0'
            export_to_sftp = true

            [[sessions]]
            url = 'ftp://a'
            name = '../evil'
            audio_format = 'ogg'
            split_interval = 300
            record_start = '09:00'
            [sessions.schedule]
            record_start = '24:00'

            [[sessions]]
            url = 'http://b'
            name = 'b'
            audio_fromat = 'aac'
            bitrate = 'high'
            storage_format = 'file'

            [[sessions]]
            url = 'http://c'
            name = 'B'
            retention_hours = -1
            """
        );

        Assert.Equal(
            [
                "record.toml:2:1: a record configuration has no key 'api_prot'; did you mean 'api_port'?",
                "record.toml:3:10: 'listen' opens this to other machines, so it needs 'token_profile' (a token from the environment or credentials.toml); if really everybody may listen and sync, say allow_anonymous = true",
                "record.toml:4:18: 'export_to_sftp' = true: deliveries do not exist yet in this version; set it to false and fetch recordings by export or with a receiver",
                "record.toml:7:7: 'url' is not an address that begins with http:// or https://",
                "record.toml:8:8: the name '../evil' must begin with a letter or digit, for example 'evil'",
                "record.toml:9:16: 'audio_format' = 'ogg' is not known: it can be opus or aac or wav or copy",
                "record.toml:10:18: 'split_interval' = 300: seconds (0 is the default of 6) from 0 to 60 are possible",
                "record.toml:11:1: [[sessions]] has no key 'record_start'; it belongs in [sessions.schedule]",
                "record.toml:12:1: [schedule] lacks 'record_end': when it ends, such as '17:00'; equal to record_start means all day",
                "record.toml:13:16: 'record_start' = '24:00' is no time of day: 'HH:MM' in UTC, from '00:00' to '23:59'; the end of the day is '00:00'",
                "record.toml:18:1: [[sessions]] has no key 'audio_fromat'; did you mean 'audio_format'?",
                "record.toml:19:11: 'bitrate' must be a whole number, not a string",
                "record.toml:20:18: 'storage_format' = 'file' is not known: it can be sqlite",
                "record.toml:24:8: the name 'B' is taken by the session at line 17 (capitals make no difference)",
                "record.toml:25:19: 'retention_hours' = -1: hours (0 keeps everything) from 0 to 876000 are possible",
            ],
            errors
        );
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A1.b_c-d", true)]
    [InlineData("0123456789012345678901234567890123456789", true)]
    [InlineData("01234567890123456789012345678901234567890", false)]
    [InlineData(".hidden", false)]
    [InlineData("-flag", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\\\b", false)]
    [InlineData("..", false)]
    [InlineData("my radio", false)]
    [InlineData("радио", false)]
    [InlineData("a\\u0000b", false)]
    public void A_name_can_never_be_a_path_or_anything_but_a_name(string name, bool good)
    {
        var text = Minimal.Replace("'a'", $"\"{name}\"", StringComparison.Ordinal);

        if (good)
        {
            Assert.Equal(name, folder.Record(text).Sessions[0].Name);
        }
        else
        {
            Assert.StartsWith("record.toml:4:8: the name", Assert.Single(folder.RecordErrors(text)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("listen = '0.0.0.0'", false)]
    [InlineData("listen = '*'", false)]
    [InlineData("listen = ['127.0.0.1', '192.168.1.5']", false)]
    [InlineData("listen = '0.0.0.0'\nallow_anonymous = false", false)]
    [InlineData("listen = '0.0.0.0'\nallow_anonymous = true", true)]
    [InlineData("listen = '0.0.0.0'\ntoken_profile = 'main'", true)]
    [InlineData("listen = 'localhost'", true)]
    [InlineData("listen = ['127.0.0.1', '[::1]']", true)]
    public void Other_addresses_than_loopback_need_a_token_or_an_explicit_yes_to_everybody(string keys, bool good)
    {
        var text = Minimal.Replace("[[sessions]]", $"{keys}\n[[sessions]]", StringComparison.Ordinal);

        if (good)
        {
            Assert.NotEmpty(folder.Record(text).Listen.Addresses);
        }
        else
        {
            Assert.Contains("allow_anonymous = true", Assert.Single(folder.RecordErrors(text)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("localhost:17000")]
    [InlineData("example.org")]
    public void What_is_no_address_of_a_machine_cannot_be_listened_on(string listen)
    {
        var errors = folder.RecordErrors(Minimal.Replace("[[sessions]]", $"listen = '{listen}'\n[[sessions]]", StringComparison.Ordinal));

        Assert.Contains("is no address of this machine", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config_type = 'record'", "record.toml: no sessions are defined")]
    [InlineData(
        "config_type = 'receiver'",
        "record.toml:1:15: 'config_type' is 'receiver', and 'audiorelay record' needs 'record'; 'audiorelay receiver' takes this file"
    )]
    [InlineData("api_port = 1", "record.toml: 'config_type' is missing")]
    [InlineData("config_type = record", "record.toml:1:15: 'record' is no value; text goes in quotes")]
    [InlineData(
        Minimal + "api_port = 1",
        "record.toml:5:1: [[sessions]] has no key 'api_port'; it belongs at the top of the file, before the first [table]"
    )]
    [InlineData(Minimal + "[runtime]\nstorage_threads = 9", "record.toml:6:19: 'storage_threads' = 9: threads from 1 to 4 are possible")]
    [InlineData(Minimal + "title_charset = 'klingon'", "record.toml:5:17: 'title_charset' = 'klingon' is not known")]
    [InlineData("tls_cert = 'no.pem'\n" + Minimal, "record.toml:1:12: 'tls_cert': there is no file")]
    public void A_file_that_cannot_be_used_says_why(string text, string error)
    {
        Assert.StartsWith(error, folder.RecordErrors(text)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_charset_for_all_sessions_can_be_overruled_by_one()
    {
        var config = folder.Record(
            "config_type = 'record'\ntitle_charset = 'windows-1251'\n"
                + "[[sessions]]\nurl = 'http://a/'\nname = 'a'\n[[sessions]]\nurl = 'http://a/'\nname = 'b'\ntitle_charset = 'utf-16'\nclock = 'station'\n"
        );

        Assert.Equal(["windows-1251", "utf-16"], config.Sessions.Select(session => session.TitleCharset!.WebName));
        Assert.Equal([false, true], config.Sessions.Select(session => session.TrustStationClock));
    }

    [Fact]
    public void A_file_is_found_in_the_folders_that_are_searched_in_their_order()
    {
        Assert.Contains(".config/save_audio_stream", Missing(), StringComparison.Ordinal);

        folder.Write(".config/save_audio_stream/record.toml", Minimal);
        Assert.Equal(Path.Combine(folder.Home, ".config/save_audio_stream/record.toml"), Find());
        folder.Write(".config/audiorelay/record.toml", Minimal);
        Assert.Equal(Path.Combine(folder.Home, ".config/audiorelay/record.toml"), Find());
        folder.Variables["AUDIORELAY_CONFIG_DIR"] = Path.Combine(folder.Home, "elsewhere");
        Assert.Contains("elsewhere", Missing(), StringComparison.Ordinal);

        string Find() => ConfigFiles.LoadRecord(null, folder.Environment).File;
        string Missing() => Assert.Throws<ConfigException>(() => ConfigFiles.LoadRecord(null, folder.Environment)).Message;
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var refused = Assert.Throws<ConfigException>(() => ConfigFiles.LoadRecord("nowhere.toml", folder.Environment));

        Assert.Equal("nowhere.toml: there is no such file", refused.Message);
    }
}

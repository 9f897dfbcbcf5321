using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Support;
using AudioRelay.Media.Codecs;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Fixtures;
using AudioRelay.TestKit.Predecessor;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;
using Microsoft.Data.Sqlite;

namespace AudioRelay.EndToEnd.Predecessor;

/// <summary>A file as save_audio_stream wrote it (schema version 4), made by SQL alone.</summary>
public sealed class PredecessorTests : IDisposable
{
    private const int Seconds = 10;
    private const int PacketsInSegment = 100;
    private readonly TempConfig _config = new([]);
    private readonly float[] _sound = Sweep();

    public PredecessorTests()
    {
        Directory.CreateDirectory(_config.Output);
        Write(_config.Database("old"), _sound);
    }

    public void Dispose() => _config.Dispose();

    [Fact]
    public async Task It_is_played_through_hls_by_inspect()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        await using var inspect = await InspectRun.Start(_config.Home, _config.Database("old"));
        var heard = await Ffmpeg.Decode(new Uri(inspect.Address, "/opus-playlist.m3u8").ToString(), 8_000, 1);
        Compare(heard);
        var under = await Ffmpeg.Decode(new Uri(inspect.Address, "/api/opus-playlist.m3u8").ToString(), 8_000, 1);
        Assert.Equal(heard.Length, under.Length);
    }

    [Fact]
    public async Task It_is_recorded_on_and_what_was_in_it_stays()
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        string[] columns;
        IReadOnlyList<byte[]> before;
        using (var old = new StoredShow(_config.Database("old")))
        {
            columns = [.. old.Rows("pragma table_info(segments)", row => row.GetString(1))];
            before = [.. old.Segments.Select(s => s.Data)];
        }

        await using var station = new SocketStation(
            new StationScript { Source = new LoopedSource(SoundFixture.Mp3), BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        _config.Write([new ShowLines("old", station.Address, "opus") { More = "retention_hours = 0" }]);
        await using var recorder = await RecorderRun.Start(_config);
        await recorder.Commits.Reaches("old", before.Count + 3);
        var list = new Uri(recorder.Address, $"/show/old/opus-playlist.m3u8?start_id=1&end_id={before.Count}");
        Compare(await Ffmpeg.Decode(list.ToString(), 8_000, 1));
        var both = await recorder.Http.GetStringAsync(
            new Uri($"/show/old/opus-playlist.m3u8?start_id=1&end_id={before.Count + 2}", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Single(Regex.Matches(both, "#EXT-X-DISCONTINUITY\n"));
        Assert.Equal(0, await recorder.Stop());

        using var now = new StoredShow(_config.Database("old"));
        Assert.Equal("ok", now.Integrity);
        Assert.Equal(columns, now.Rows("pragma table_info(segments)", row => row.GetString(1)));
        Assert.Equal(before, now.Segments.Take(before.Count).Select(s => s.Data));
        Assert.Equal("4", now.Scalar("select value from metadata where key = 'version'"));
        Assert.Equal("db_a1b2c3d4e5f6", now.Scalar("select value from metadata where key = 'unique_id'"));
        Assert.Equal(2, now.Sections.Count);
    }

    private void Compare(float[] heard)
    {
        // The predecessor declared no priming, so it is heard: 6.5 ms.
        Assert.InRange(heard.Length / 8_000.0, Seconds - 0.02, Seconds + 0.02);
        var sent = Enumerable.Range(0, Seconds * 8_000).Select(i => _sound[i * 6]).ToArray();
        var lag = Sound.Lag(sent, heard, 8_000, TimeSpan.FromSeconds(0.1));
        Assert.InRange(Sound.Correlation(sent, heard, lag, 8_000), 0.95, 1.0001);
    }

    private static void Write(string path, float[] sound)
    {
        SqliteLibrary.Version();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, PredecessorSchema.Create("old", "opus", "48000"));
        Run(
            connection,
            """
            insert into metadata (key, value) values ('pending_section_id', '1763600000000000');
            insert into sections (id, start_timestamp_ms) values (1763600000000000, 1763600000000);
            """
        );
        var packets = new PacketList();
        using (var encoder = new CodecCatalog().OpenOpusEncoder(32_000))
        {
            encoder.Encode(sound, packets);
        }

        var segment = 0;
        foreach (var blob in packets.Packets.Chunk(PacketsInSegment))
        {
            Run(
                connection,
                PredecessorSchema.InsertSegment,
                ("$t", 1763600000000 + (segment * 2000L)),
                ("$s", segment == 0 ? 1 : 0),
                ("$d", blob.SelectMany(p => (byte[])[(byte)p.Length, (byte)(p.Length >> 8), .. p]).ToArray()),
                ("$i", 1763600000000000),
                ("$n", blob.Length * 960L)
            );
            segment++;
        }
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>A tone that climbs, so that every moment sounds like no other.</summary>
    private static float[] Sweep()
    {
        var phase = 0.0;
        var sound = new float[Seconds * 48_000];
        for (var i = 0; i < sound.Length; i++)
        {
            phase += 2 * Math.PI * (200 + (1800.0 * i / sound.Length)) / 48_000;
            sound[i] = (float)(0.4 * Math.Sin(phase));
        }

        return sound;
    }

    private sealed class PacketList : IPacketSink
    {
        public List<byte[]> Packets { get; } = [];

        public void OnPacket(ReadOnlySpan<byte> packet, int samples) => Packets.Add(packet.ToArray());
    }
}

using System.Buffers.Binary;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Tools;
using Microsoft.Data.Sqlite;

namespace AudioRelay.Http.Tests.Support;

/// <summary>A show's real SQLite file, written the way a recorder writes it.</summary>
public sealed class ShowFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _codec;
    private long _section;
    private long _startUs;
    private long _samples;

    public ShowFile(string format = "opus", string? codec = null, int? rate = null, string name = "show", int seed = 1)
    {
        _codec = codec ?? format;
        Rate =
            rate
            ?? (
                _codec == "opus" ? 48000
                : _codec == "aac" ? 16000
                : 44100
            );
        Name = name;
        var bitrate = format switch
        {
            "opus" => 16,
            "aac" => 32,
            _ => 0,
        };
        var fixedRate = format is "opus" or "aac" ? Rate : 0;
        Store = ShowStore.Open(_folder.File(name + ".sqlite"), new ShowSettings(name, format, bitrate, fixedRate), new Random(seed));
        Reader = SqliteShowReader.Open(Store.Path);
    }

    private ShowFile(ShowFile backup)
    {
        (_codec, Rate, Name) = (backup._codec, backup.Rate, backup.Name);
        var path = _folder.File(Name + ".sqlite");
        using (var database = new SqliteConnection($"Data Source={backup.Store.Path};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = $"vacuum into '{path}'";
            command.ExecuteNonQuery();
        }

        var rate = _codec is "opus" or "aac" ? Rate : 0;
        Store = ShowStore.Open(path, new ShowSettings(Name, _codec, 16, rate), new Random(1));
        Reader = SqliteShowReader.Open(Store.Path);
    }

    /// <summary>What a backup that is taken now has when it is put back later.</summary>
    public ShowFile Restored() => new(this);

    public string Name { get; }

    public int Rate { get; set; }

    public ShowStore Store { get; }

    public SqliteShowReader Reader { get; }

    public long SectionId => _section;

    public long EndMs => (_startUs + (_samples * 1_000_000 / Rate)) / 1000;

    /// <summary>Begins a section. The encoder's delay is in its first segment.</summary>
    public ShowFile Open(long startMs, long? continues = null, long chainSamples = 0, string? codec = null, int delay = 312)
    {
        (_startUs, _samples) = (startMs * 1000, 0);
        _section = Store.NextSectionId(_startUs);
        Store.Commit(
            new StoreBatch()
                .Add(_startUs, new SectionOpened(_section, codec ?? _codec, Rate, 1, delay, 960, continues, chainSamples))
                .Add(_startUs, new AnchorSet(_section, 0, _startUs, AnchorCause.Start))
        );
        return this;
    }

    /// <summary>Adds segments of so many programme samples each.</summary>
    public ShowFile Add(int segments, long samples, Func<long, byte[]>? bytes = null)
    {
        var batch = new StoreBatch();
        for (var i = 0; i < segments; i++)
        {
            var data = (bytes ?? (first => Opus(first, samples)))(_samples);
            var atMs = (_startUs + (_samples * 1_000_000 / Rate)) / 1000;
            batch.Add(new NewSegment(_section, _samples, samples, atMs, data));
            _samples += samples;
        }

        Store.Commit(batch);

        return this;
    }

    public ShowFile Close(EndCause cause = EndCause.WindowEnd, int padding = 0)
    {
        var endUs = EndMs * 1000;
        Store.Commit(new StoreBatch().Add(endUs, new SectionClosed(_section, cause, _samples, padding, endUs)));
        return this;
    }

    /// <summary>From now on it is a store that is filled by sync.</summary>
    /// <param name="toldUs">When the newest entry of its source was written, UTC µs.</param>
    public ShowFile Received(long toldUs = 0)
    {
        using var database = new SqliteConnection($"Data Source={Store.Path};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "update metadata set value = 'true' where key = 'is_recipient'";
        Assert.Equal(1, command.ExecuteNonQuery());
        command.CommandText =
            $"insert into sync_fence (id, source_store, next_id, journal_seq, epoch, journal_us) values (1, 'db_source', 1, 0, 0, {toldUs})";
        Assert.Equal(1, command.ExecuteNonQuery());
        return this;
    }

    public ShowFile Journal(long atMs, JournalBody body)
    {
        Store.Commit(new StoreBatch().Add(atMs * 1000, body));
        return this;
    }

    /// <summary>Adds titles, a second after each other.</summary>
    public void Titles(IReadOnlyList<string> texts) =>
        Store.Commit(
            texts
                .Select((text, i) => (text, i))
                .Aggregate(new StoreBatch(), (batch, each) => batch.Add(_startUs, new TitleSet(_section, each.i * Rate, each.text)))
        );

    /// <summary>Packets of 20 ms with bytes that differ by place.</summary>
    public static byte[] Opus(long first, long samples)
    {
        var packets = (int)((samples + 959) / 960);
        var blob = new byte[packets * 22];
        for (var i = 0; i < packets; i++)
        {
            var packet = blob.AsSpan(i * 22, 22);
            BinaryPrimitives.WriteUInt16LittleEndian(packet, 20);
            packet[2] = 31 << 3; // CELT, 20 ms, one frame
            packet[3..].Fill((byte)((first / 960) + i));
        }

        return blob;
    }

    public static byte[] Pcm(long first, long samples)
    {
        var pcm = new byte[samples * 2];
        for (var i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan(i * 2), (short)(((first + i) * 7919) % 20000));
        }

        return pcm;
    }

    public static byte[] Mp3(long first, int frames) => Frames(frames, i => SyntheticFrames.Mp3((first / 1152) + i));

    public static byte[] Adts(long first, int frames, int rate) =>
        Frames(frames, i => SyntheticFrames.Adts((first / 1024) + i, rate, 1, 100));

    public void Dispose()
    {
        Reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Store.Dispose();
        _folder.Dispose();
    }

    private static byte[] Frames(int count, Func<int, byte[]> frame) => [.. Enumerable.Range(0, count).SelectMany(frame)];
}

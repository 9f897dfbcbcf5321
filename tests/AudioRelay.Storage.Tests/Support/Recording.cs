using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Tests.Support;

/// <summary>Writes sections the way a recorder does, in a few words.</summary>
public sealed class Recording(ShowStore store, int rate = 48000, string codec = "opus")
{
    private long _section;
    private long _startUs;
    private long _samples;

    public ShowStore Store { get; } = store;

    public long SectionId => _section;

    public long Samples => _samples;

    public long EndUs => _startUs + (_samples * 1_000_000 / rate);

    public static ShowSettings Opus(string name = "show") => new(name, "opus", 16, 48000);

    public static ShowStore Create(string path, ShowSettings? settings = null, StoreOptions? options = null) =>
        ShowStore.Open(path, settings ?? Opus(), new Random(1), options);

    public static byte[] Bytes(long seed, int length)
    {
        var bytes = new byte[length];
        new Random((int)seed).NextBytes(bytes);
        return bytes;
    }

    public StoreBatch OpenBatch(long startUs, long? id = null, long? continues = null, long chainSamples = 0)
    {
        _section = Store.NextSectionId(id ?? startUs);
        _startUs = startUs;
        _samples = 0;
        return new StoreBatch()
            .Add(startUs, new SectionOpened(_section, codec, rate, 1, 312, 960, continues, chainSamples))
            .Add(startUs, new AnchorSet(_section, 0, startUs, AnchorCause.Start));
    }

    public NewSegment Next(long samples, int bytes = 64)
    {
        var segment = new NewSegment(_section, _samples, samples, Times.ToMs(EndUs), Bytes(_section + _samples, bytes));
        _samples += samples;
        return segment;
    }

    public StoreBatch CloseBatch(EndCause cause = EndCause.WindowEnd) =>
        new StoreBatch().Add(EndUs, new SectionClosed(_section, cause, _samples, 0, EndUs));

    /// <summary>A whole section of equal segments; its id is its start.</summary>
    public long Section(
        long startUs,
        int segments = 3,
        double seconds = 2,
        EndCause? end = EndCause.WindowEnd,
        int bytes = 64,
        long? id = null
    )
    {
        Store.Commit(OpenBatch(startUs, id).Add(Next((long)(seconds * rate), bytes)));
        for (var i = 1; i < segments; i++)
        {
            Store.Commit(new StoreBatch().Add(Next((long)(seconds * rate), bytes)));
        }

        if (end is { } cause)
        {
            Store.Commit(CloseBatch(cause));
        }

        return _section;
    }

    public void Journal(long atUs, JournalBody body) => Store.Commit(new StoreBatch().Add(atUs, body));
}

using System.Security.Cryptography;
using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Receiving;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>A recorder as a receiver meets it: what it tells of itself, and what a pull brings. Ids begin where they are told to.</summary>
public sealed class SourceRecording(string uniqueId = "db_source000001", long firstId = 1, string name = "show")
{
    public const int Rate = 48000;
    public const long Second = 1_000_000;

    private readonly List<JournalEntry> _journal = [];
    private readonly List<PulledSegment> _segments = [];
    private long _section;
    private long _startUs;
    private long _samples;
    private long _seq;

    public SourceShow Show { get; init; } = new(name, "home", "show-there", uniqueId, "opus", "16", "48000");

    public string Codec { get; init; } = "opus";

    public long NextId { get; private set; } = firstId;

    public long Section => _section;

    public long NowUs => _startUs + (_samples * Second / Rate);

    public static byte[] Bytes(long id, int length = 64)
    {
        var bytes = new byte[length];
        new Random((int)id).NextBytes(bytes);
        return bytes;
    }

    public SourceRecording Tell(long atUs, JournalBody body)
    {
        _journal.Add(new JournalEntry(++_seq, atUs, body));
        return this;
    }

    public SourceRecording Open(long startUs, int encoderDelay = 312, int frameSamples = 960, long? continues = null)
    {
        (_section, _startUs, _samples) = (startUs, startUs, 0);
        return Tell(startUs, new SectionOpened(_section, Codec, Rate, 1, encoderDelay, frameSamples, continues))
            .Tell(startUs, new AnchorSet(_section, 0, startUs, AnchorCause.Start));
    }

    /// <summary>Records so many segments.</summary>
    public SourceRecording Record(int segments, double seconds = 2, Func<long, byte[]>? data = null)
    {
        for (var i = 0; i < segments; i++)
        {
            var bytes = (data ?? (id => Bytes(id)))(NextId);
            var samples = (long)(seconds * Rate);
            _segments.Add(new PulledSegment(NextId++, _section, _samples == 0, samples, Times.ToMs(NowUs), bytes, SHA256.HashData(bytes)));
            _samples += samples;
        }

        return this;
    }

    /// <summary>Goes on with the open section behind so many samples, without telling again what the journal said of it.</summary>
    public SourceRecording Skip(long samples)
    {
        _samples += samples;
        _journal.Clear();
        return this;
    }

    public SourceRecording Close(EndCause cause = EndCause.WindowEnd) =>
        Tell(NowUs, new SectionClosed(_section, cause, _samples, 0, NowUs));

    /// <summary>Removes everything that has not been pulled yet, as the recorder's retention does.</summary>
    public SourceRecording Purge()
    {
        foreach (var section in _segments.GroupBy(s => s.SectionId))
        {
            var last = section.Last();
            var untilUs = (last.TimestampMs * 1000) + (last.DurationSamples * Second / Rate);
            Tell(untilUs, new SectionRemoved(section.Key, section.Key, untilUs, section.First().SourceId, last.SourceId));
        }

        _segments.Clear();
        return this;
    }

    /// <summary>What a pull brings now: the journal whole, and at most so many segments. It is not brought again.</summary>
    public PulledBatch Pull(int segments = int.MaxValue)
    {
        var taken = _segments.Take(segments).ToList();
        _segments.RemoveRange(0, taken.Count);
        var batch = new PulledBatch
        {
            Journal = [.. _journal],
            Segments = taken,
            NextId = _segments is [var next, ..] ? next.SourceId : NextId,
            JournalSeq = _seq,
        };
        _journal.Clear();
        return batch;
    }
}

using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Sqlite;

/// <summary>
/// Reads a predecessor's file (schema version 4), which has neither facts nor journal: what ours keeps is added up from its segments. Its
/// columns may stand behind the blob, which makes that slow, so the sections are remembered until a segment is added or removed.
/// </summary>
internal sealed class PredecessorQueries : IShowQueries
{
    private static readonly int[] UsualRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];

    private readonly Lock _gate = new();
    private (long Min, long Max) _rememberedFor = (-1, -1);
    private IReadOnlyList<SectionInfo> _remembered = [];
    private long _gone;

    public (long? MinId, long? MaxId, long JournalSeq) Reach(Database database)
    {
        using var row = database.Query("select min(id), max(id) from segments");
        row.Step();
        return (row.LongOrNull(0), row.LongOrNull(1), 0);
    }

    public IReadOnlyList<SectionInfo> Sections(Database database, SectionQuery query)
    {
        var sections = All(database).Where(s => s.Segments > 0);
        if (query.Overlapping is { } range)
        {
            sections = sections.Where(s => s.StartUs < range.UntilUs && s.EndUs > range.FromUs);
        }

        sections = query.Descending ? sections.Reverse() : sections;
        if (query.After is { } after)
        {
            sections = sections.SkipWhile(s => s.Id != after).Skip(1);
        }

        return [.. sections.Take(query.Limit ?? int.MaxValue)];
    }

    public SectionInfo? Section(Database database, long sectionId) => All(database).FirstOrDefault(s => s.Id == sectionId);

    public Presence SectionPresence(Database database, long sectionId) =>
        Section(database, sectionId) is null ? Presence.NeverWas : Presence.Present;

    /// <summary>Nothing in it continues anything. What was seen and is gone counts, as long as this reader lives: the file has no place for it.</summary>
    public long? Discontinuities(Database database, long sectionId)
    {
        lock (_gate)
        {
            var at = All(database).Where(s => s.Segments > 0).Select(s => s.Id).ToList().IndexOf(sectionId);
            return at < 0 ? null : _gone + at;
        }
    }

    public SectionNeighbours Neighbours(Database database, long timestampMs)
    {
        var sections = All(database).Where(s => s.Segments > 0).ToList();
        return new SectionNeighbours(
            sections.LastOrDefault(s => s.StartTimestampMs <= timestampMs),
            sections.FirstOrDefault(s => s.StartTimestampMs > timestampMs)
        );
    }

    public IEnumerable<SegmentInfo> Segments(Database database, long fromId, long toId, long? sectionId, int limit, bool withHashes)
    {
        using var row = database
            .Query(
                $"""
                select id, section_id, duration_samples, timestamp_ms, is_timestamp_from_source, length(audio_data) from segments
                where id between ?1 and ?2 {(sectionId is null ? "" : "and section_id = ?4")} order by id limit ?3
                """
            )
            .Bind(1, fromId)
            .Bind(2, toId)
            .Bind(3, limit);
        if (sectionId is { } only)
        {
            row.Bind(4, only);
        }

        var (section, first) = (long.MinValue, 0L);
        while (row.Step())
        {
            if (row.Long(1) != section)
            {
                section = row.Long(1);
                first = SamplesBefore(database, section, row.Long(0));
            }

            yield return new SegmentInfo(row.Long(0), section, first, row.Long(2), row.Long(3), row.Flag(4), row.Int(5));
            first += row.Long(2);
        }
    }

    public Segment? Segment(Database database, long segmentId)
    {
        if (Segments(database, segmentId, segmentId, null, 1, false).FirstOrDefault() is not { } info)
        {
            return null;
        }

        using var row = database.Query("select audio_data from segments where id = ?1").Bind(1, segmentId);
        return row.Step() ? new Segment(info, row.Blob(0)) : null;
    }

    public void Read(Database database, long fromId, long toId, int maxCount, long maxBytes, SegmentVisitor visit)
    {
        var cap = new ByteCap(maxBytes);
        foreach (var info in Segments(database, fromId, toId, null, maxCount, false))
        {
            if (!cap.Takes(info.Size))
            {
                return;
            }

            using var row = database.Query("select audio_data from segments where id = ?1").Bind(1, info.Id);
            if (row.Step())
            {
                visit(info, row.Bytes(0));
            }
        }
    }

    public long SegmentAt(Database database, SectionInfo section, long sample) =>
        Segments(database, section.FirstSegmentId!.Value, section.LastSegmentId!.Value, section.Id, -1, false)
            .TakeWhile(s => s.FirstSample <= sample)
            .Select(s => s.Id)
            .LastOrDefault(section.FirstSegmentId.Value);

    public IReadOnlyList<Anchor> Anchors(Database database, SectionInfo section) => [new(0, section.StartUs, AnchorCause.Start)];

    public IReadOnlyList<JournalEntry> Journal(Database database, long afterSeq, int limit) => [];

    public IReadOnlyList<TitleInfo> Titles(Database database, TitleQuery query) => [];

    public IReadOnlyList<WindowInfo> Windows(Database database, UtcRange range) => [];

    public long? KnownUntilUs(Database database) => null;

    public IReadOnlyList<Explanation> Explanations(Database database, UtcRange range) => [];

    /// <summary>Every section, in order of its start, also those without a segment.</summary>
    public static IReadOnlyList<SectionInfo> ReadAll(Database database)
    {
        var format = ShowMetadata.Get(database, ShowMetadata.AudioFormat) ?? "";
        var pending = ShowMetadata.Get(database, ShowMetadata.PendingSection);
        var frame = format switch
        {
            "opus" => 960,
            "aac" => Number(database, ShowMetadata.AacFrameSize, 1024),
            _ => 1,
        };
        var sections = new List<SectionInfo>();
        using var row = database.Query(
            """
            select s.id, s.start_timestamp_ms, coalesce(sum(g.duration_samples), 0), count(g.id), min(g.id), max(g.id)
            from sections s left join segments g on g.section_id = s.id
            group by s.id order by s.start_timestamp_ms, s.id
            """
        );
        while (row.Step())
        {
            var (startUs, samples) = (Times.ToUs(row.Long(1)), row.Long(2));
            var rate = RateOf(database, format, row.LongOrNull(4), row.LongOrNull(5), samples);
            sections.Add(
                new SectionInfo
                {
                    Id = row.Long(0),
                    StartUs = startUs,
                    StartTimestampMs = row.Long(1),
                    Codec = format,
                    AudioFormat = format,
                    Rate = rate,
                    Channels = 1,
                    // Its durations count the encoder's delay as sound; with a delay of 0 decode times add up.
                    EncoderDelay = 0,
                    FrameSamples = frame,
                    Samples = samples,
                    Segments = row.Long(3),
                    FirstSegmentId = row.LongOrNull(4),
                    LastSegmentId = row.LongOrNull(5),
                    EndUs = startUs + (samples * 1_000_000 / rate),
                    Ended = row.Long(0).ToString() != pending,
                }
            );
        }

        return sections;
    }

    private IReadOnlyList<SectionInfo> All(Database database)
    {
        var (min, max, _) = Reach(database);
        lock (_gate)
        {
            if (_rememberedFor != (min ?? 0, max ?? 0))
            {
                var sections = ReadAll(database);
                _gone += _remembered.ExceptBy(sections.Select(s => s.Id), s => s.Id).Count(s => s.Segments > 0);
                _remembered = sections;
                _rememberedFor = (min ?? 0, max ?? 0);
            }

            return _remembered;
        }
    }

    /// <summary>Its WAV files all say 48000, whatever the station sent; there the timestamps tell the rate.</summary>
    private static int RateOf(Database database, string format, long? firstId, long? lastId, long samples)
    {
        var stated = Number(database, ShowMetadata.SampleRate, 48000);
        if (format != "wav" || firstId == lastId)
        {
            return stated;
        }

        using var row = database
            .Query(
                """
                select b.timestamp_ms - a.timestamp_ms, b.duration_samples from segments a, segments b where a.id = ?1 and b.id = ?2
                """
            )
            .Bind(1, firstId)
            .Bind(2, lastId);
        if (!row.Step() || row.Long(0) <= 0)
        {
            return stated;
        }

        var measured = (samples - row.Long(1)) * 1000.0 / row.Long(0);
        return UsualRates.Where(r => Math.Abs(measured - r) < r * 0.01).DefaultIfEmpty(stated).First();
    }

    private static int Number(Database database, string key, int otherwise) =>
        int.TryParse(ShowMetadata.Get(database, key), out var value) && value > 0 ? value : otherwise;

    private static long SamplesBefore(Database database, long sectionId, long segmentId)
    {
        using var row = database
            .Query("select coalesce(sum(duration_samples), 0) from segments where section_id = ?1 and id < ?2")
            .Bind(1, sectionId)
            .Bind(2, segmentId);
        return row.Step() ? row.Long(0) : 0;
    }
}

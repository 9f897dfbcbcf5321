namespace AudioRelay.Storage.Sqlite;

/// <summary>The columns of a section and how they are read.</summary>
internal static class SectionColumns
{
    /// <summary>To be selected from <see cref="From"/>.</summary>
    public const string List =
        "f.section_id, f.start_us, s.start_timestamp_ms, f.codec, f.rate, f.channels, f.encoder_delay, f.frame_samples, f.continues, "
        + "f.chain_samples, f.samples, f.segments, f.first_segment_id, f.last_segment_id, f.end_us, f.padding, f.end_cause, f.ended, "
        + "(select value from metadata where key = 'audio_format')";

    public const string From = "section_facts f join sections s on s.id = f.section_id";

    public static SectionInfo Read(Statement row) =>
        new()
        {
            Id = row.Long(0),
            StartUs = row.Long(1),
            StartTimestampMs = row.Long(2),
            Codec = row.Text(3),
            Rate = row.Int(4),
            Channels = row.Int(5),
            EncoderDelay = row.Int(6),
            FrameSamples = row.Int(7),
            Continues = row.LongOrNull(8),
            ChainSamples = row.Long(9),
            Samples = row.Long(10),
            Segments = row.Long(11),
            FirstSegmentId = row.LongOrNull(12),
            LastSegmentId = row.LongOrNull(13),
            EndUs = row.Long(14),
            Padding = row.Int(15),
            End = WireNames.Parse<EndCause>(row.TextOrNull(16)),
            Ended = row.Flag(17),
            AudioFormat = row.Text(18),
        };
}

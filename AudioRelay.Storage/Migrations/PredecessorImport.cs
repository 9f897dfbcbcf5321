using AudioRelay.Storage.Journal;
using AudioRelay.Storage.Sqlite;

namespace AudioRelay.Storage.Migrations;

/// <summary>
/// Gives a predecessor's sections the facts and journal entries that our own have, when its file is recorded on. Its tables stay as they are.
/// Does nothing in a new file.
/// </summary>
internal static class PredecessorImport
{
    public static void Run(Database database)
    {
        foreach (var section in PredecessorQueries.ReadAll(database).OrderBy(s => s.Id))
        {
            JournalProjection.Append(
                database,
                section.StartUs,
                new SectionOpened(section.Id, section.Codec, section.Rate, section.Channels, section.EncoderDelay, section.FrameSamples)
            );
            database
                .Query(
                    "update section_facts set samples = ?2, segments = ?3, first_segment_id = ?4, last_segment_id = ?5 where section_id = ?1"
                )
                .Bind(1, section.Id)
                .Bind(2, section.Samples)
                .Bind(3, section.Segments)
                .Bind(4, section.FirstSegmentId)
                .Bind(5, section.LastSegmentId)
                .Run();
            JournalProjection.Append(database, section.StartUs, new AnchorSet(section.Id, 0, section.StartUs, AnchorCause.Start));
            JournalProjection.Append(
                database,
                section.EndUs,
                new SectionClosed(section.Id, EndCause.Disconnected, section.Samples, 0, section.EndUs)
            );
        }

        database.Execute(
            """
            insert into segment_facts (segment_id, section_id, first_sample, duration_samples, timestamp_ms, starts_section, size)
            select id, section_id, sum(duration_samples) over (partition by section_id order by id) - duration_samples,
                duration_samples, timestamp_ms, is_timestamp_from_source, length(audio_data)
            from segments
            """
        );
    }
}

using System.IO.Pipelines;
using AudioRelay.Media.Containers.Ogg;
using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Streams.Export;

/// <summary>
/// Opus packets in one Ogg stream. A clip begins with packets that the pre-skip hides, so that the decoder has settled when it is heard, and
/// is exact to the sample at both ends.
/// </summary>
/// <remarks>
/// Sections that do not continue each other follow in the same stream, and not as chained ones, of which many players show the last one's
/// length only. Each such join keeps the new encoder's delay (6.5 ms), since only a stream's beginning can be trimmed.
/// </remarks>
internal sealed class OggOpusExport(
    ExportReader reader,
    IReadOnlyList<ExportPart> parts,
    ExportTags tags,
    IReadOnlyList<ExportTitle> titles
)
{
    /// <summary>After half a second a decoder that began cold is bit-exact (80 ms would be good, RFC 7845 §4.6).</summary>
    private const int PreRoll = 24_000;

    /// <summary>The comments are one page; a list of chapters must leave room for the rest.</summary>
    private const int MostChapterBytes = 48_000;

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        OggOpusWriter? writer = null;
        var end = 0L;
        foreach (var part in parts)
        {
            var from = part.Joins ? long.MinValue : Math.Max(0, part.FromTime - PreRoll);
            await foreach (var placed in reader.ReadAsync(part, leadIn: !part.Joins, cancel))
            {
                end = placed.Time;
                Copy(placed.Segment.Data, output, ref writer, ref end, from, part);
                await output.FlushAsync(cancel);
            }
        }

        writer?.Finish(Math.Max(0, end - parts[^1].UntilTime));
        await output.FlushAsync(cancel);
    }

    private void Copy(byte[] blob, PipeWriter output, ref OggOpusWriter? writer, ref long time, long from, ExportPart part)
    {
        foreach (var packet in new OpusBlob(blob))
        {
            var samples = OpusPacket.Samples(packet);
            if (time >= part.UntilTime)
            {
                return;
            }

            if (time + samples > from)
            {
                writer ??= new OggOpusWriter(output, Header((int)(part.FromTime - time), part));
                writer.WritePacket(packet);
            }

            time += samples;
        }
    }

    private OggOpusHeader Header(int preSkip, ExportPart part)
    {
        List<KeyValuePair<string, string>> comments = [new("TITLE", tags.Title), new("ARTIST", tags.Artist), new("DATE", tags.Date)];
        var (number, bytes) = (0, 0);
        foreach (var title in titles)
        {
            bytes += 60 + (title.Text.Length * 3);
            if (number == 999 || bytes > MostChapterBytes)
            {
                break;
            }

            number++;
            comments.Add(new($"CHAPTER{number:000}", $"{(int)title.At.TotalHours:00}:{title.At:mm\\:ss\\.fff}"));
            comments.Add(new($"CHAPTER{number:000}NAME", title.Text));
        }

        return new OggOpusHeader(preSkip, part.Section.Channels, Comments: comments);
    }
}

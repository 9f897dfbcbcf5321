using System.IO.Pipelines;
using AudioRelay.Media.Containers.Adts;
using AudioRelay.Media.Containers.Mp4;

namespace AudioRelay.Streams.Export;

/// <summary>AAC frames in an <c>.m4a</c>: read once for the tables and once more for the sound.</summary>
internal sealed class M4aExport(ExportReader reader, IReadOnlyList<ExportPart> parts, IReadOnlyList<ExportTitle> titles)
{
    private const int FrameSamples = 1024;
    private M4aFile _file = new();

    public long Length => _file.Length;

    public async Task MeasureAsync(ExportTags tags, CancellationToken cancel)
    {
        _file = new M4aFile(new M4aTags(tags.Title, tags.Artist, tags.Date));
        var (editStart, editSamples) = (0L, 0L);
        foreach (var part in parts)
        {
            var before = _file.MediaSamples;
            long? firstTime = null;
            await foreach (var placed in reader.ReadAsync(part, LeadIn(part), cancel))
            {
                var (bytes, time) = Select(placed, part);
                firstTime ??= bytes.IsEmpty ? null : time;
                _file.Measure(bytes.Span);
            }

            if (part.Joins)
            {
                editSamples += part.Samples;
                continue;
            }

            AddEdit(editStart, editSamples);
            (editStart, editSamples) = (before + part.FromTime - (firstTime ?? part.FromTime), part.Samples);
        }

        AddEdit(editStart, editSamples);
        foreach (var title in titles)
        {
            _file.AddChapter(title.Sample, title.Text);
        }
    }

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        _file.WriteHeader(output);
        foreach (var part in parts)
        {
            await foreach (var placed in reader.ReadAsync(part, LeadIn(part), cancel))
            {
                _file.WriteMedia(output, Select(placed, part).Bytes.Span);
                await output.FlushAsync(cancel);
            }
        }
    }

    private static bool LeadIn(ExportPart part) => !part.Joins && part.FromTime > part.Section.EncoderDelay;

    private void AddEdit(long start, long samples)
    {
        if (samples > 0)
        {
            _file.AddEdit(start, samples);
        }
    }

    // The frames that hold the part, and one before them, which the first overlaps.
    private static (ReadOnlyMemory<byte> Bytes, long Time) Select(PlacedSegment placed, ExportPart part)
    {
        var from = part.Joins ? long.MinValue : part.FromTime - FrameSamples;
        var time = placed.Time;
        var (start, end, position) = (-1, 0, 0);
        var firstTime = time;
        var frames = new AdtsFrames(placed.Segment.Data);
        while (frames.MoveNext())
        {
            if (time + FrameSamples > from && time < part.UntilTime)
            {
                (start, firstTime) = start < 0 ? (position, time) : (start, firstTime);
                end = position + frames.Current.Length;
            }

            position += frames.Current.Length;
            time += FrameSamples;
        }

        return start < 0 ? (ReadOnlyMemory<byte>.Empty, firstTime) : (placed.Segment.Data.AsMemory(start, end - start), firstTime);
    }
}

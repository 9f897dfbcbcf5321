using System.Buffers;
using System.IO.Pipelines;
using AudioRelay.Media.Containers.Id3;
using AudioRelay.Media.Containers.Mp3;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;

namespace AudioRelay.Streams.Export;

/// <summary>
/// MP3 or ADTS frames as they are stored: all that hold sound of the parts, and before a cut what a decoder needs first. In front of MP3 a tag with
/// the titles as chapters, and the frame that tells players the length; ADTS has neither.
/// </summary>
internal sealed class FramesExport(ExportReader reader, IReadOnlyList<ExportPart> parts)
{
    /// <summary>An AAC frame overlaps the one before; an MP3 frame may borrow bits from some before.</summary>
    private const int LeadInFrames = 2;

    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly byte[] _first = new byte[FrameHeader.MaxSize];
    private long _frames;
    private long _bytes;
    private TimeSpan _leadIn;

    public long Length => _head.WrittenCount + _bytes;

    /// <summary>Counts frames and bytes, from the list of segments; only those at the parts' ends are read.</summary>
    /// <param name="tags">What the file says of itself.</param>
    /// <param name="titles">Its chapters.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task MeasureAsync(ExportTags tags, IReadOnlyList<ExportTitle> titles, CancellationToken cancel)
    {
        foreach (var part in parts)
        {
            await foreach (var (info, time) in reader.ListAsync(part, LeadIn(part), cancel))
            {
                if (_frames > 0 && IsWhole(info, time, part))
                {
                    _bytes += info.Size;
                    _frames += info.DurationSamples / part.Section.FrameSamples;
                }
                else
                {
                    Count(await reader.ReadAsync(info, cancel), time, part);
                }
            }
        }

        if (parts[0].Section.Codec == "mp3")
        {
            WriteHead(tags, titles);
        }
    }

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        output.Write(_head.WrittenSpan);
        foreach (var part in parts)
        {
            await foreach (var placed in reader.ReadAsync(part, LeadIn(part), cancel))
            {
                var (from, until) = Select(placed.Segment, placed.Time, part, out _, out _);
                output.Write(placed.Segment.Data.AsSpan(from..until));
                await output.FlushAsync(cancel);
            }
        }
    }

    private static bool LeadIn(ExportPart part) => !part.Joins && part.FromTime > part.Section.EncoderDelay;

    private static long FirstTime(ExportPart part) =>
        LeadIn(part) ? part.FromTime - (LeadInFrames * part.Section.FrameSamples) : long.MinValue;

    // One rule for counting and for writing, so that the length that was told is the length that is sent.
    private static bool IsWhole(SegmentInfo info, long time, ExportPart part) =>
        time > FirstTime(part) && time + info.DurationSamples + part.Section.EncoderDelay + part.Section.Padding < part.UntilTime;

    private void WriteHead(ExportTags tags, IReadOnlyList<ExportTitle> titles)
    {
        var tag = new Id3Tag();
        tag.AddText("TIT2", tags.Title);
        tag.AddText("TPE1", tags.Artist);
        tag.AddText("TDRC", tags.Date.TrimEnd('Z'));
        var end = parts.Aggregate(_leadIn, (sum, part) => sum + part.Duration);
        tag.AddChapters([.. titles.Select(t => (t.At + _leadIn, t.Text))], end);
        tag.Write(_head);
        _head.Write(Mp3InfoFrame.Make(_first, _frames, _bytes));
    }

    private void Count(Segment segment, long time, ExportPart part)
    {
        var (from, until) = Select(segment, time, part, out var frames, out var firstTime);
        if (_frames == 0 && frames > 0)
        {
            segment.Data.AsSpan(from, Math.Min(_first.Length, until - from)).CopyTo(_first);
            _leadIn = TimeSpan.FromSeconds((double)(part.FromTime - firstTime) / part.Section.Rate);
        }

        _bytes += until - from;
        _frames += frames;
    }

    // The frames of a segment that belong in the file. Every frame is looked at in any case: a damaged segment ends the file.
    private static (int From, int Until) Select(Segment segment, long time, ExportPart part, out int frames, out long firstTime)
    {
        var whole = IsWhole(segment.Info, time, part);
        var after = FirstTime(part);
        var (start, end, position) = (-1, 0, 0);
        (frames, firstTime) = (0, time);
        while (position < segment.Data.Length)
        {
            var bytes = segment.Data.AsSpan(position);
            if (!FrameHeader.TryRead(bytes, out var header) || header.Length > bytes.Length)
            {
                throw new InvalidDataException($"Segment {segment.Info.Id} does not hold whole frames.");
            }

            position += header.Length;
            if (whole || (time + header.Format.SamplesPerFrame > after && time < part.UntilTime))
            {
                (start, firstTime) = start < 0 ? (position - header.Length, time) : (start, firstTime);
                end = position;
                frames++;
            }

            time += header.Format.SamplesPerFrame;
        }

        return start < 0 ? (0, 0) : (start, end);
    }
}

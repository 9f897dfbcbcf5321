using System.Buffers;
using System.IO.Pipelines;
using AudioRelay.Media.Framing;

namespace AudioRelay.Streams.Export;

/// <summary>MP3 or ADTS frames as they are stored: all that hold sound of the parts, and before a cut what a decoder needs first.</summary>
internal sealed class FramesExport(ExportReader reader, IReadOnlyList<ExportPart> parts)
{
    /// <summary>An AAC frame overlaps the one before; an MP3 frame may borrow bits from some before.</summary>
    private const int LeadInFrames = 2;

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        foreach (var part in parts)
        {
            var leadIn = !part.Joins && part.FromTime > part.Section.EncoderDelay;
            await foreach (var segment in reader.ReadAsync(part, leadIn, cancel))
            {
                Copy(output, segment, part, leadIn);
                await output.FlushAsync(cancel);
            }
        }
    }

    private static void Copy(PipeWriter output, PlacedSegment placed, ExportPart part, bool leadIn)
    {
        var bytes = placed.Segment.Data.AsSpan();
        var time = placed.Time;
        while (!bytes.IsEmpty)
        {
            if (!FrameHeader.TryRead(bytes, out var header) || header.Length > bytes.Length)
            {
                throw new InvalidDataException($"Segment {placed.Segment.Info.Id} does not hold whole frames.");
            }

            var samples = header.Format.SamplesPerFrame;
            var from = leadIn ? part.FromTime - (LeadInFrames * samples) : long.MinValue;
            if (time + samples > from && time < part.UntilTime)
            {
                output.Write(bytes[..header.Length]);
            }

            time += samples;
            bytes = bytes[header.Length..];
        }
    }
}

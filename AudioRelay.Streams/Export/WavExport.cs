using System.Buffers;
using System.IO.Pipelines;
using AudioRelay.Media.Containers.Wav;

namespace AudioRelay.Streams.Export;

/// <summary>PCM as it is stored, from sample to sample.</summary>
internal sealed class WavExport(ExportReader reader, IReadOnlyList<ExportPart> parts, byte[] trailer)
{
    private int Channels => parts[0].Section.Channels;

    private int BytesPerSample => Channels * 2;

    private long DataBytes => parts.Sum(p => p.Samples) * BytesPerSample;

    public long Length => WavHeader.LengthFor(DataBytes, trailer.Length) + DataBytes + trailer.Length;

    public async Task WriteAsync(PipeWriter output, CancellationToken cancel)
    {
        WavHeader.Write(output, parts[0].Section.Rate, Channels, DataBytes, trailer.Length);
        foreach (var part in parts)
        {
            await foreach (var (segment, time) in reader.ReadAsync(part, leadIn: false, cancel))
            {
                var from = Math.Max(0, part.FromTime - time);
                var until = Math.Min(segment.Data.Length / BytesPerSample, part.UntilTime - time);
                if (until > from)
                {
                    output.Write(segment.Data.AsSpan((int)from * BytesPerSample, (int)(until - from) * BytesPerSample));
                }

                await output.FlushAsync(cancel);
            }
        }

        output.Write(trailer);
        await output.FlushAsync(cancel);
    }
}

using System.Buffers;
using AudioRelay.Media.Containers.Flac;
using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>fMP4 media segments: styp, moof, mdat.</summary>
public static class MediaSegment
{
    // ffmpeg, and Chromium with it, refuses a FLAC frame numbered over 31 bits (12 hours at 48 kHz). In fragments tfdt tells the time, so the
    // number may wrap.
    private const long FlacNumberMask = int.MaxValue;

    /// <summary>Wraps a stored Opus segment.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sequence">The fragment's number (informational; the segment id, cut to 32 bits).</param>
    /// <param name="decodeTime">Samples at 48 kHz before this segment since the chain began, the encoder's delay included.</param>
    /// <param name="blob">The stored packets.</param>
    /// <param name="padding">Samples at the end that are no programme: the last packet is shortened by them.</param>
    /// <exception cref="InvalidDataException">The blob is not a stored Opus segment.</exception>
    public static void WriteOpus(IBufferWriter<byte> output, uint sequence, long decodeTime, ReadOnlySpan<byte> blob, int padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        var totals = OpusBlob.Measure(blob);
        var heard = Math.Max(0, totals.Samples - padding);
        var fragment = new FragmentHead(sequence, decodeTime, totals.Packets, isOpus: true);
        foreach (var packet in new OpusBlob(blob))
        {
            // Shortened, and not dropped, when all of it is padding: the bytes stay what was recorded.
            var samples = (int)Math.Min(OpusPacket.Samples(packet), heard);
            heard -= samples;
            fragment.Add(samples, packet.Length);
        }

        fragment.Finish(output);
        var payload = output.GetSpan(totals.Bytes);
        foreach (var packet in new OpusBlob(blob))
        {
            packet.CopyTo(payload);
            payload = payload[packet.Length..];
        }

        output.Advance(totals.Bytes);
    }

    /// <summary>Encodes stored 16-bit PCM as FLAC and wraps it.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="sequence">The fragment's number.</param>
    /// <param name="decodeTime">Samples (per channel) before this segment since the chain began.</param>
    /// <param name="pcm">s16le, interleaved.</param>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="channels">Channels.</param>
    public static void WriteFlac(
        IBufferWriter<byte> output,
        uint sequence,
        long decodeTime,
        ReadOnlySpan<byte> pcm,
        int sampleRate,
        int channels = 1
    )
    {
        var format = new FlacFormat(sampleRate, channels);
        var buffer = ArrayPool<byte>.Shared.Rent(format.MaxBytes(pcm.Length));
        try
        {
            var frames = FlacStream.Frames(pcm.Length / format.BytesPerSample);
            var fragment = new FragmentHead(sequence, decodeTime, frames, isOpus: false);
            var written = 0;
            while (pcm.Length >= format.BytesPerSample)
            {
                var samples = FlacStream.NextBlock(pcm.Length / format.BytesPerSample);
                var block = pcm[..(samples * format.BytesPerSample)];
                var bytes = FlacFrame.Encode(buffer.AsSpan(written), block, format, decodeTime & FlacNumberMask);
                fragment.Add(samples, bytes);
                written += bytes;
                decodeTime += samples;
                pcm = pcm[block.Length..];
            }

            fragment.Finish(output);
            output.Write(buffer.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

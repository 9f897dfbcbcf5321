using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AudioRelay.Media.Containers.Opus;

namespace AudioRelay.Media.Containers.Ogg;

/// <summary>Writes an Ogg Opus file as a stream: pages of about a second, granules continuous, the end trimmed by the last granule.</summary>
/// <remarks>To chain another stream to it (new encoder, exact trimming at both ends), finish it and write with another serial.</remarks>
/// <param name="output">Where it goes; up to two seconds are held back.</param>
/// <param name="header">What the header packets say.</param>
public sealed class OggOpusWriter(IBufferWriter<byte> output, OggOpusHeader header)
{
    private const int PageSamples = 48000;

    // Stays behind when a page is written, so that the last page always holds more samples than there can be padding.
    private const int HeldBackSamples = 24000;

    private readonly ArrayBufferWriter<byte> _payload = new(16 * 1024);
    private readonly List<int> _sizes = [];
    private readonly List<int> _durations = [];
    private int _heldSamples;
    private long _pagedSamples;
    private uint _pages;

    /// <summary>Samples at 48 kHz written so far, pre-skip included.</summary>
    public long Samples => _pagedSamples + _heldSamples;

    /// <summary>Adds a stored segment's packets.</summary>
    /// <param name="blob">A stored Opus segment.</param>
    /// <exception cref="InvalidDataException">The blob is not a stored Opus segment.</exception>
    public void WriteBlob(ReadOnlySpan<byte> blob)
    {
        foreach (var packet in new OpusBlob(blob))
        {
            WritePacket(packet);
        }
    }

    /// <summary>Adds one packet.</summary>
    /// <param name="packet">A whole Opus packet.</param>
    /// <exception cref="InvalidDataException">Not an Opus packet.</exception>
    public void WritePacket(ReadOnlySpan<byte> packet)
    {
        var samples = OpusPacket.Samples(packet);
        if (samples == 0 || OggPage.Lacing(packet.Length) > OggPage.MaxLacing)
        {
            throw new InvalidDataException("Not an Opus packet.");
        }

        WriteHeaders();
        _payload.Write(packet);
        _sizes.Add(packet.Length);
        _durations.Add(samples);
        _heldSamples += samples;
        while (_heldSamples >= PageSamples + HeldBackSamples)
        {
            WritePage(last: false, padding: 0);
        }
    }

    /// <summary>Writes the last page, with the end of stream marked.</summary>
    /// <param name="padding">Samples at 48 kHz at the end that are not to be heard.</param>
    public void Finish(long padding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        WriteHeaders();
        while (PacketsOfPage(int.MaxValue) < _sizes.Count)
        {
            WritePage(last: false, padding: 0);
        }

        WritePage(last: true, padding);
    }

    private void WritePage(bool last, long padding)
    {
        var packets = PacketsOfPage(last ? int.MaxValue : PageSamples);
        var sizes = CollectionsMarshal.AsSpan(_sizes)[..packets];
        var bytes = 0;
        var samples = 0;
        for (var i = 0; i < packets; i++)
        {
            bytes += sizes[i];
            samples += _durations[i];
        }

        var granule = Math.Max(_pagedSamples, _pagedSamples + samples - padding);
        OggPage.Write(output, last ? OggPage.EndOfStream : (byte)0, granule, header.Serial, _pages++, sizes, _payload.WrittenSpan[..bytes]);
        _pagedSamples += samples;
        _heldSamples -= samples;
        _sizes.RemoveRange(0, packets);
        _durations.RemoveRange(0, packets);
        var rest = _payload.WrittenSpan[bytes..].ToArray();
        _payload.ResetWrittenCount();
        _payload.Write(rest);
    }

    private int PacketsOfPage(int maxSamples)
    {
        var (packets, lacing, samples) = (0, 0, 0L);
        while (packets < _sizes.Count && samples < maxSamples)
        {
            lacing += OggPage.Lacing(_sizes[packets]);
            if (lacing > OggPage.MaxLacing)
            {
                break;
            }

            samples += _durations[packets++];
        }

        return packets;
    }

    private void WriteHeaders()
    {
        if (_pages > 0)
        {
            return;
        }

        var head = Head();
        var tags = Tags();
        OggPage.Write(output, OggPage.BeginOfStream, 0, header.Serial, _pages++, [head.Length], head);
        if (OggPage.Lacing(tags.Length) > OggPage.MaxLacing)
        {
            throw new InvalidDataException("The comments of an Ogg file are longer than one page.");
        }

        OggPage.Write(output, 0, 0, header.Serial, _pages++, [tags.Length], tags);
    }

    private byte[] Head()
    {
        var head = new byte[19];
        "OpusHead"u8.CopyTo(head);
        head[8] = 1;
        head[9] = checked((byte)header.Channels);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), checked((ushort)header.PreSkip));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), header.InputSampleRate);
        return head; // gain 0, mapping family 0
    }

    private byte[] Tags()
    {
        using var tags = new MemoryStream();
        tags.Write("OpusTags"u8);
        WriteText(tags, "AudioRelay");
        var comments = header.Comments ?? [];
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, comments.Count);
        tags.Write(count);
        foreach (var (name, value) in comments)
        {
            WriteText(tags, $"{name}={value}");
        }

        return tags.ToArray();
    }

    private static void WriteText(MemoryStream tags, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        tags.Write(length);
        tags.Write(bytes);
    }
}

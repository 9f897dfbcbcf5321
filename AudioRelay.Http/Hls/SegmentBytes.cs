using System.Buffers;
using AudioRelay.Media.Containers.Id3;
using AudioRelay.Media.Containers.Mp4;
using AudioRelay.Media.Containers.Wav;
using AudioRelay.Storage;

namespace AudioRelay.Http.Hls;

/// <summary>A stored segment in the form a player takes.</summary>
internal static class SegmentBytes
{
    public static byte[] Of(SegmentKind kind, SectionInfo section, Segment segment)
    {
        var (info, blob) = (segment.Info, segment.Data);
        var output = new ArrayBufferWriter<byte>(blob.Length + 1024);
        var decodeTime = DecodeTime(section, info);
        if (kind == SegmentKind.Opus)
        {
            var padding = section.Ended && info.Id == section.LastSegmentId ? section.Padding : 0;
            MediaSegment.WriteOpus(output, unchecked((uint)info.Id), decodeTime, blob, padding);
        }
        else if (kind == SegmentKind.Flac)
        {
            MediaSegment.WriteFlac(output, unchecked((uint)info.Id), decodeTime, blob, section.Rate, section.Channels);
        }
        else if (kind == SegmentKind.Wav)
        {
            WavHeader.Write(output, section.Rate, section.Channels, blob.Length);
            output.Write(blob);
        }
        else
        {
            PackedAudioSegment.Write(output, decodeTime, section.Rate, blob);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Samples before the segment since its chain began. The first one starts at 0 and carries the encoder's delay inside; after it the delay
    /// has been spent once.
    /// </summary>
    internal static long DecodeTime(SectionInfo section, SegmentInfo segment)
    {
        var before = section.ChainSamples + segment.FirstSample;
        return before == 0 ? 0 : section.EncoderDelay + before;
    }
}

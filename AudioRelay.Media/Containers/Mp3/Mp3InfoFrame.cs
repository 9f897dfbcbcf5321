using System.Buffers.Binary;

namespace AudioRelay.Media.Containers.Mp3;

/// <summary>
/// The frame in front of an MP3 file that tells players how many frames and bytes follow (Xing; "Info" where every frame has one bitrate). It is a
/// frame of the same kind as those that follow, and silent.
/// </summary>
public static class Mp3InfoFrame
{
    private const int HeaderLength = 4;
    private const uint HasFramesAndBytes = 3;
    private const int FieldsLength = 16;

    /// <summary>Makes the frame, with the kind of the file's first one.</summary>
    /// <param name="first">The file's first frame, or its first four bytes.</param>
    /// <param name="frames">How many frames follow.</param>
    /// <param name="bytes">How many bytes they have.</param>
    /// <returns>The frame, or null when the first one is none of MPEG layer III or its numbers do not fit.</returns>
    public static byte[]? Make(ReadOnlySpan<byte> first, long frames, long bytes)
    {
        if (first.Length < HeaderLength || frames > uint.MaxValue || bytes > uint.MaxValue)
        {
            return null;
        }

        var header = first[..HeaderLength].ToArray();
        header[1] |= 1; // without a checksum
        header[2] &= 0xFD; // without padding
        var mpeg1 = (header[1] & 0x08) != 0;
        var mono = header[3] >> 6 == 3;
        var sideInformation = mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
        // The smallest bitrate of the kind in whose frames there is room.
        for (var bitrate = 1; bitrate < 15; bitrate++)
        {
            header[2] = (byte)((header[2] & 0x0F) | (bitrate << 4));
            if (!Framing.FrameHeader.TryRead([.. header, 0, 0, 0], out var read))
            {
                return null;
            }

            if (read.Length >= HeaderLength + sideInformation + FieldsLength)
            {
                return Fill(header, sideInformation, read.Length, frames, bytes, IsConstant(first, frames, bytes));
            }
        }

        return null;
    }

    private static byte[] Fill(byte[] header, int sideInformation, int length, long frames, long bytes, bool constant)
    {
        var frame = new byte[length];
        header.CopyTo(frame, 0);
        var fields = frame.AsSpan(HeaderLength + sideInformation);
        (constant ? "Info"u8 : "Xing"u8).CopyTo(fields);
        BinaryPrimitives.WriteUInt32BigEndian(fields[4..], HasFramesAndBytes);
        BinaryPrimitives.WriteUInt32BigEndian(fields[8..], (uint)frames);
        BinaryPrimitives.WriteUInt32BigEndian(fields[12..], (uint)(bytes + length));
        return frame;
    }

    // Frames of one bitrate differ by their one byte of padding only.
    private static bool IsConstant(ReadOnlySpan<byte> first, long frames, long bytes)
    {
        Span<byte> unpadded = stackalloc byte[Framing.FrameHeader.MaxSize];
        first[..HeaderLength].CopyTo(unpadded);
        unpadded[2] &= 0xFD;
        return Framing.FrameHeader.TryRead(unpadded, out var header)
            && bytes >= header.Length * frames
            && bytes <= (header.Length + 1) * frames;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AudioRelay.Media.Containers.Wav;

/// <summary>
/// What comes behind the samples of a WAV file: tags (<c>LIST INFO</c>) and titles as labelled cue points, which ffmpeg and audio editors show. Behind
/// and not in front, so that the samples begin where simple readers expect them.
/// </summary>
public static class WavTrailer
{
    /// <summary>Makes the chunks.</summary>
    /// <param name="tags">Four-letter name (<c>INAM</c> title, <c>IART</c> artist, <c>ICRD</c> date) and text.</param>
    /// <param name="cues">The sample at which a title begins, and its text; in order. What lies beyond 32 bits is left out.</param>
    public static byte[] Make(IReadOnlyList<(string Name, string Text)> tags, IReadOnlyList<(long Sample, string Text)> cues)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var output = new ArrayBufferWriter<byte>();
        List(output, "INFO"u8, tags.Select(t => (t.Name, Text(t.Text))));
        var marks = cues.Where(c => c.Sample <= uint.MaxValue).ToList();
        if (marks.Count > 0)
        {
            Chunk(output, "cue "u8, CuePoints(marks));
            List(output, "adtl"u8, marks.Select((m, i) => ("labl", (byte[])[.. Number((uint)i + 1), .. Text(m.Text)])));
        }

        return output.WrittenSpan.ToArray();
    }

    private static byte[] CuePoints(List<(long Sample, string Text)> marks)
    {
        var points = new ArrayBufferWriter<byte>();
        points.Write(Number((uint)marks.Count));
        for (var i = 0; i < marks.Count; i++)
        {
            var sample = Number((uint)marks[i].Sample);
            points.Write<byte>([.. Number((uint)i + 1), .. sample, .. "data"u8, .. Number(0), .. Number(0), .. sample]);
        }

        return points.WrittenSpan.ToArray();
    }

    private static void List(IBufferWriter<byte> output, ReadOnlySpan<byte> type, IEnumerable<(string Name, byte[] Body)> chunks)
    {
        var list = new ArrayBufferWriter<byte>();
        list.Write(type);
        foreach (var (name, body) in chunks)
        {
            Chunk(list, Encoding.ASCII.GetBytes(name), body);
        }

        Chunk(output, "LIST"u8, list.WrittenSpan);
    }

    private static void Chunk(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> body)
    {
        output.Write(name);
        output.Write(Number((uint)body.Length));
        output.Write(body);
        if (body.Length % 2 == 1)
        {
            output.Write<byte>([0]);
        }
    }

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}

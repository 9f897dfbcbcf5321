using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AudioRelay.Media.Containers.Id3;

/// <summary>An ID3v2.4 tag in front of an MP3 file: what it is, and its chapters (CTOC and CHAP of the ID3v2 Chapter Frame Addendum).</summary>
public sealed class Id3Tag
{
    // A table of contents counts its entries in one byte.
    private const int MostChapters = 255;
    private const byte Utf8 = 3;
    private const uint NoOffset = uint.MaxValue;

    private readonly ArrayBufferWriter<byte> _frames = new(4096);

    /// <summary>Bytes of the whole tag.</summary>
    public int Length => 10 + _frames.WrittenCount;

    /// <summary>Adds a text frame.</summary>
    /// <param name="id">Its four letters: <c>TIT2</c> title, <c>TPE1</c> artist, <c>TDRC</c> recording time.</param>
    /// <param name="text">The text.</param>
    public void AddText(string id, string text) => Text(_frames, id, text);

    /// <summary>Adds chapters, each of which ends where the next begins. Of more than 255 the first are taken.</summary>
    /// <param name="chapters">When each begins, from the file's first frame on, and its title; in order.</param>
    /// <param name="end">When the last ends.</param>
    public void AddChapters(IReadOnlyList<(TimeSpan At, string Title)> chapters, TimeSpan end)
    {
        ArgumentNullException.ThrowIfNull(chapters);
        var listed = Math.Min(chapters.Count, MostChapters);
        if (listed == 0)
        {
            return;
        }

        var contents = new ArrayBufferWriter<byte>();
        contents.Write("toc\0"u8);
        contents.Write<byte>([0b11, (byte)listed]); // top level, ordered
        for (var i = 0; i < listed; i++)
        {
            contents.Write(Element(i));
        }

        Frame(_frames, "CTOC", contents.WrittenSpan);
        for (var i = 0; i < listed; i++)
        {
            var chapter = new ArrayBufferWriter<byte>();
            chapter.Write(Element(i));
            Number(chapter, Milliseconds(chapters[i].At));
            Number(chapter, Milliseconds(i + 1 < chapters.Count ? chapters[i + 1].At : end));
            Number(chapter, NoOffset);
            Number(chapter, NoOffset);
            Text(chapter, "TIT2", chapters[i].Title);
            Frame(_frames, "CHAP", chapter.WrittenSpan);
        }
    }

    /// <summary>Writes the tag.</summary>
    /// <param name="output">Where it goes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("ID3\x04\0\0"u8);
        Synchsafe(output, _frames.WrittenCount);
        output.Write(_frames.WrittenSpan);
    }

    private static byte[] Element(int index) => Encoding.ASCII.GetBytes($"ch{index}\0");

    private static uint Milliseconds(TimeSpan time) => (uint)Math.Clamp(time.TotalMilliseconds, 0, NoOffset - 1);

    private static void Text(IBufferWriter<byte> output, string id, string text) =>
        Frame(output, id, [Utf8, .. Encoding.UTF8.GetBytes(text)]);

    private static void Frame(IBufferWriter<byte> output, string id, ReadOnlySpan<byte> body)
    {
        output.Write(Encoding.ASCII.GetBytes(id));
        Synchsafe(output, body.Length);
        output.Write<byte>([0, 0]); // no flags
        output.Write(body);
    }

    private static void Number(IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    // Seven bits to a byte, so that no size looks like the beginning of a frame.
    private static void Synchsafe(IBufferWriter<byte> output, int value) =>
        output.Write<byte>([(byte)((value >> 21) & 0x7F), (byte)((value >> 14) & 0x7F), (byte)((value >> 7) & 0x7F), (byte)(value & 0x7F)]);
}

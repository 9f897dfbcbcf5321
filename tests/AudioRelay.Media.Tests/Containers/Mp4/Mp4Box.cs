using System.Buffers.Binary;
using System.Text;

namespace AudioRelay.Media.Tests.Containers.Mp4;

/// <summary>A reader of boxes for the tests; it insists that boxes fill their parent exactly.</summary>
internal sealed record Mp4Box(string Type, byte[] Body, List<Mp4Box> Children, int Offset)
{
    private static readonly HashSet<string> Parents =
    [
        "moov",
        "trak",
        "edts",
        "mdia",
        "minf",
        "dinf",
        "stbl",
        "mvex",
        "moof",
        "traf",
        "udta",
        "tref",
    ];

    public static List<Mp4Box> ParseAll(byte[] bytes, int from = 0)
    {
        var boxes = new List<Mp4Box>();
        var position = 0;
        while (position < bytes.Length)
        {
            var size = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(position));
            var head = 8;
            var type = Encoding.Latin1.GetString(bytes, position + 4, 4);
            if (size == 1)
            {
                size = (int)BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(position + 8));
                head = 16;
            }

            Assert.InRange(size, head, bytes.Length - position);
            var body = bytes[(position + head)..(position + size)];
            boxes.Add(new Mp4Box(type, body, Parents.Contains(type) ? ParseAll(body, from + position + head) : [], from + position));
            position += size;
        }

        return boxes;
    }

    public uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Body.AsSpan(at));

    public long I64(int at) => BinaryPrimitives.ReadInt64BigEndian(Body.AsSpan(at));
}

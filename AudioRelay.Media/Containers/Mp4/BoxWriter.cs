using System.Buffers.Binary;
using System.Text;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>Big-endian boxes in memory; a box's size is patched when it ends.</summary>
internal sealed class BoxWriter(int capacity = 1024)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins a box; disposing the result ends it.</summary>
    public Scope Box(ReadOnlySpan<byte> type)
    {
        var start = Length;
        U32(0);
        Bytes(type);
        return new Scope(this, start);
    }

    /// <summary>Begins a box with version and flags.</summary>
    public Scope FullBox(ReadOnlySpan<byte> type, byte version = 0, uint flags = 0)
    {
        var scope = Box(type);
        U32(((uint)version << 24) | flags);
        return scope;
    }

    public void U8(int value) => Take(1)[0] = (byte)value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), (ushort)value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    public void U32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    public void U64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Text(string value) => Encoding.UTF8.GetBytes(value, Take(Encoding.UTF8.GetByteCount(value)));

    public void Zeros(int count) => Take(count).Clear();

    /// <summary>Writes a number into bytes written earlier.</summary>
    public void Patch(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(position, 4), value);

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), Length + count));
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }

    /// <summary>An open box.</summary>
    internal readonly struct Scope(BoxWriter writer, int start) : IDisposable
    {
        public void Dispose() => writer.Patch(start, writer.Length - start);
    }
}

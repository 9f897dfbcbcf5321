using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Builds records: length, CRC-32 of kind and payload, kind, payload; all little-endian.</summary>
internal sealed class SpoolBuffer
{
    /// <summary>Length and CRC in front of each record.</summary>
    public const int HeadSize = 8;

    private byte[] _bytes = [];
    private int _recordAt;

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets them and gives the memory back: it is needed twice a second, for a moment.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    public void Begin(SpoolRecordKind kind)
    {
        _recordAt = Length;
        Take(HeadSize);
        Take(1)[0] = (byte)kind;
    }

    public void End()
    {
        var body = _bytes.AsSpan(_recordAt + HeadSize, Length - _recordAt - HeadSize);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_recordAt), body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_recordAt + 4), Crc32.Of(body));
    }

    public void Put(byte value) => Take(1)[0] = value;

    public void Put(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Put(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Put(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Put(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Put(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    public void Put(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    private Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length)
        {
            var bigger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, Math.Max(1024, _bytes.Length * 2)));
            _bytes.AsSpan(0, Length).CopyTo(bigger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = bigger;
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}

using System.Buffers.Binary;
using System.Text;
using AudioRelay.Media.Framing;
using AudioRelay.Storage;
using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Capture.Spooling;

/// <summary>Reads a spool's records one after another, up to the first that is torn or damaged.</summary>
internal ref struct SpoolReader
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _payload;

    public SpoolReader(ReadOnlySpan<byte> spool) => _rest = spool;

    /// <summary>The kind of the record at hand.</summary>
    public SpoolRecordKind Kind { get; private set; }

    /// <summary>What is left of the record at hand.</summary>
    public readonly ReadOnlySpan<byte> Rest => _payload;

    /// <summary>Goes to the next record; false when there is no whole one.</summary>
    public bool Next()
    {
        if (_rest.Length < SpoolBuffer.HeadSize + 1)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        if (length < 1 || length > _rest.Length - SpoolBuffer.HeadSize)
        {
            return false;
        }

        var body = _rest.Slice(SpoolBuffer.HeadSize, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(_rest[4..]) != Crc32.Of(body))
        {
            return false;
        }

        Kind = (SpoolRecordKind)body[0];
        _payload = body[1..];
        _rest = _rest[(SpoolBuffer.HeadSize + length)..];
        return true;
    }

    public byte Byte() => Take(1)[0];

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong Hash() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Int()));

    public Anchor Anchor() => new(Long(), Long(), (AnchorCause)Byte());

    public SpoolSection Section()
    {
        var id = Long();
        var codec = Text();
        var rate = Int();
        var channels = Int();
        var delay = Int();
        var frame = Int();
        var continues = Long();
        var chain = Long();
        var source = new FrameFormat((SourceCodec)Byte(), (FrameVariant)Byte(), Int(), Int(), Int());
        return new SpoolSection(id, codec, rate, channels, delay, frame, continues == 0 ? null : continues, chain, source);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _payload[..count];
        _payload = _payload[count..];
        return taken;
    }
}

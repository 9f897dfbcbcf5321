using System.Buffers.Binary;
using System.Text;

namespace AudioRelay.TestKit.Stations;

/// <summary>What a record of a <see cref="ByteRecording"/> is.</summary>
public enum RecordedKind
{
    /// <summary>A connection was opened; what follows is its bytes.</summary>
    Dialled = 1,

    /// <summary>Bytes arrived.</summary>
    Bytes = 2,

    /// <summary>The station closed the connection.</summary>
    Closed = 3,

    /// <summary>The connection broke.</summary>
    Reset = 4,
}

/// <summary>One record of a <see cref="ByteRecording"/>.</summary>
public readonly record struct RecordedBytes(RecordedKind Kind, long AtUs, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Of a dialled record: bytes between two metadata blocks.</summary>
    public int MetaInterval => BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span);

    /// <summary>Of a dialled record: what the server called it.</summary>
    public string ContentType => Encoding.ASCII.GetString(Bytes.Span[4..]);

    public static RecordedBytes Dialled(long atUs, int metaInterval, string contentType)
    {
        var bytes = new byte[4 + contentType.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, metaInterval);
        Encoding.ASCII.GetBytes(contentType, bytes.AsSpan(4));
        return new RecordedBytes(RecordedKind.Dialled, atUs, bytes);
    }
}

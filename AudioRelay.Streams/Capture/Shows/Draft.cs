using AudioRelay.Storage;
using AudioRelay.Streams.Capture.Spooling;

namespace AudioRelay.Streams.Capture.Shows;

/// <summary>A batch on its way to the writer, with the buffer its segment lies in. Used again and again.</summary>
internal sealed class Draft
{
    /// <summary>What is written in one transaction.</summary>
    public StoreBatch Batch { get; } = new();

    /// <summary>The segment's bytes.</summary>
    public byte[] Blob { get; set; } = [];

    /// <summary>How many of them count.</summary>
    public int Length { get; set; }

    /// <summary>Since when it waits for room, monotonic µs.</summary>
    public long WaitsSinceUs { get; set; }

    /// <summary>Where it ends in the spool.</summary>
    public SpoolMark? Spooled { get; set; }

    /// <summary>Adds bytes to the blob.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var needed = Length + bytes.Length;
        if (needed > Blob.Length)
        {
            // No power of two: one such buffer is most of what a copied stream keeps in memory.
            var bigger = GC.AllocateUninitializedArray<byte>(Math.Max(needed, Math.Max(4096, Blob.Length + (Blob.Length / 8))));
            Blob.AsSpan(0, Length).CopyTo(bigger);
            Blob = bigger;
        }

        bytes.CopyTo(Blob.AsSpan(Length));
        Length = needed;
    }

    /// <summary>Empties it; the buffer stays.</summary>
    public void Clear()
    {
        Batch.Clear();
        Length = 0;
    }
}

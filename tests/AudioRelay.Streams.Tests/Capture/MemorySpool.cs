using AudioRelay.Streams.Capture;

namespace AudioRelay.Streams.Tests.Capture;

internal sealed class MemorySpool : ISpoolFile
{
    public List<byte> Bytes { get; private set; } = [];

    public int Appends { get; private set; }

    public int Resets { get; private set; }

    public bool Fails { get; set; }

    /// <summary>What it fails with; null for a full disk.</summary>
    public Exception? With { get; init; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Fails)
        {
            Bytes.AddRange(bytes[..(bytes.Length / 2)]);
            throw With ?? new IOException("no room");
        }

        Appends++;
        Bytes.AddRange(bytes);
    }

    public void Replace(ReadOnlySpan<byte> bytes) => Trim(bytes, 0);

    public void Trim(ReadOnlySpan<byte> head, long keep)
    {
        if (Fails)
        {
            throw With ?? new IOException("no room");
        }

        Resets++;
        Bytes = [.. head, .. Bytes.Skip(Bytes.Count - (int)keep)];
    }
}

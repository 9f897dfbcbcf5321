using System.Buffers.Binary;

namespace AudioRelay.Media.Tests.Containers;

/// <summary>One continuous Opus encode, made by ffmpeg once: half a minute of tones and noise that never repeat.</summary>
public sealed class OpusSource : IAsyncLifetime
{
    internal const string Sound =
        "aevalsrc=0.3*sin(2*PI*(200+150*sin(t*1.7))*t)*(0.6+0.4*sin(3*t))+0.05*(random(0)-0.5)+0.15*sin(2*PI*1330*t)*gt(mod(t\\,1.3)\\,0.7):s=48000:d=31.237";

    internal byte[] File { get; private set; } = [];

    internal OggFile Ogg { get; private set; } = new();

    internal List<byte[]> Packets { get; private set; } = [];

    internal short[] Decoded { get; private set; } = [];

    internal int PreSkip => Ogg.PreSkip;

    /// <summary>Samples at the end that are no programme.</summary>
    internal int Padding => (int)(Packets.Sum(p => (long)AudioRelay.Media.Containers.Opus.OpusPacket.Samples(p)) - Ogg.LastGranule);

    public async ValueTask InitializeAsync()
    {
        File = await Judge.MakeAsync("opus", "-f", "lavfi", "-i", Sound, "-ac", "1", "-c:a", "libopus", "-b:a", "24k");
        Ogg = OggFile.Parse(File);
        Packets = [.. Ogg.Sound];
        Decoded = await Judge.DecodeAsync(File, "opus");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Packets as they are stored.</summary>
    internal static byte[] Blob(IEnumerable<byte[]> packets)
    {
        using var blob = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (var packet in packets)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)packet.Length);
            blob.Write(length);
            blob.Write(packet);
        }

        return blob.ToArray();
    }
}

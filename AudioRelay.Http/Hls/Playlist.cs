using System.IO.Compression;
using System.Security.Cryptography;

namespace AudioRelay.Http.Hls;

/// <summary>A playlist's text, with what travels instead of it where a client can unpack.</summary>
internal sealed class Playlist
{
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public Playlist(byte[] text, bool finished, bool isFixed)
    {
        (Text, Finished, Fixed) = (text, finished, isFixed);
        Tag = Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, 12));
        _brotli = new(() => Pack(Text, stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
        _gzip = new(() => Pack(Text, stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)));
    }

    public byte[] Text { get; }

    /// <summary>It will never change: caches may keep it if they ask.</summary>
    public bool Finished { get; }

    /// <summary>The clock alone makes no other text of it.</summary>
    public bool Fixed { get; }

    /// <summary>A name for the content.</summary>
    public string Tag { get; }

    public byte[] Brotli => _brotli.Value;

    public byte[] Gzip => _gzip.Value;

    private static byte[] Pack(byte[] text, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(text);
        }

        return packed.ToArray();
    }
}

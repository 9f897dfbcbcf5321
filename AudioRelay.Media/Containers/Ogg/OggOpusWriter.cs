using System.Buffers;

namespace AudioRelay.Media.Containers.Ogg;

/// <summary>Writes an Ogg Opus file as a stream: pages of about a second, granules continuous, the end trimmed by the last granule.</summary>
/// <param name="output">Where it goes; at most one page is held back.</param>
/// <param name="header">What the header packets say.</param>
public sealed class OggOpusWriter(IBufferWriter<byte> output, OggOpusHeader header)
{
    private readonly IBufferWriter<byte> _output = output;
    private readonly OggOpusHeader _header = header;

    /// <summary>Samples at 48 kHz written so far, pre-skip included.</summary>
    public long Samples => throw new NotSupportedException($"{_output} {_header}");

    /// <summary>Adds a stored segment's packets.</summary>
    /// <param name="blob">A stored Opus segment.</param>
    /// <exception cref="InvalidDataException">The blob is not a stored Opus segment.</exception>
    public void WriteBlob(ReadOnlySpan<byte> blob) => throw new NotSupportedException();

    /// <summary>Adds one packet.</summary>
    /// <param name="packet">A whole Opus packet.</param>
    /// <exception cref="InvalidDataException">Not an Opus packet.</exception>
    public void WritePacket(ReadOnlySpan<byte> packet) => throw new NotSupportedException();

    /// <summary>Writes the last page, with the end of stream marked.</summary>
    /// <param name="padding">Samples at 48 kHz at the end that are not to be heard.</param>
    public void Finish(long padding = 0) => throw new NotSupportedException();
}

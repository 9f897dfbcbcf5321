using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Containers.Adts;

/// <summary>The frames of a stored AAC segment, enumerated in place.</summary>
/// <param name="blob">Whole ADTS frames, one after the other.</param>
public ref struct AdtsFrames(ReadOnlySpan<byte> blob)
{
    private ReadOnlySpan<byte> _rest = blob;
    private FrameHeader _header;

    /// <summary>The frame that <see cref="MoveNext"/> found, header included.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>That frame's format.</summary>
    public readonly FrameFormat Format => _header.Format;

    /// <summary>The frame without its ADTS header: what an MP4 sample holds.</summary>
    public readonly ReadOnlySpan<byte> Payload => Current[((Current[1] & 1) != 0 ? 7 : 9)..];

    /// <summary>Allows <c>foreach</c>.</summary>
    public readonly AdtsFrames GetEnumerator() => this;

    /// <summary>Goes to the next frame.</summary>
    /// <exception cref="InvalidDataException">The bytes are not whole ADTS frames.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (!FrameHeader.TryRead(_rest, out _header) || _header.Format.Codec != SourceCodec.Aac)
        {
            throw new InvalidDataException("An AAC segment does not continue with an ADTS header.");
        }

        if (_header.Length > _rest.Length)
        {
            throw new InvalidDataException("An AAC segment ends inside a frame.");
        }

        Current = _rest[.._header.Length];
        _rest = _rest[_header.Length..];
        return true;
    }

    /// <summary>Samples of the frames at the core's rate.</summary>
    /// <param name="blob">Whole ADTS frames, one after the other.</param>
    /// <exception cref="InvalidDataException">The bytes are not whole ADTS frames.</exception>
    public static long Samples(ReadOnlySpan<byte> blob)
    {
        var samples = 0L;
        var frames = new AdtsFrames(blob);
        while (frames.MoveNext())
        {
            samples += frames.Format.SamplesPerFrame;
        }

        return samples;
    }
}

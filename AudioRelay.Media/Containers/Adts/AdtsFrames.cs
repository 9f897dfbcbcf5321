namespace AudioRelay.Media.Containers.Adts;

/// <summary>The frames of a stored AAC segment, enumerated in place.</summary>
/// <param name="blob">Whole ADTS frames, one after the other.</param>
public ref struct AdtsFrames(ReadOnlySpan<byte> blob)
{
    private ReadOnlySpan<byte> _rest = blob;
    private AdtsHeader _header;

    /// <summary>The frame that <see cref="MoveNext"/> found, header included.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>That frame's header.</summary>
    public readonly AdtsHeader Header => _header;

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

        if (!AdtsHeader.TryParse(_rest, out _header))
        {
            throw new InvalidDataException("An AAC segment does not continue with an ADTS header.");
        }

        if (_header.FrameLength > _rest.Length)
        {
            throw new InvalidDataException("An AAC segment ends inside a frame.");
        }

        Current = _rest[.._header.FrameLength];
        _rest = _rest[_header.FrameLength..];
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
            samples += frames.Header.Samples;
        }

        return samples;
    }
}

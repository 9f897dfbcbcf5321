namespace AudioRelay.Media.Framing;

/// <summary>
/// Cuts a station's bytes into whole, confirmed MP3 or ADTS frames. It may start anywhere and be fed in pieces of any size; what is not
/// a frame (a start in mid-frame, garbage, ID3 tags whatever size they claim) is skipped, counted and never fatal.
/// </summary>
/// <remarks>
/// A frame is confirmed by what begins where it ends: a header of the same kind, the end of the stream, or, once in sync, a header of
/// another format that is itself followed by one of its kind, or a tag. A tag's size is never believed: its bytes are looked through
/// like any others, so a false size hides nothing.
/// </remarks>
public sealed class FrameSplitter
{
    // A frame, one of another format behind it, and the header that confirms that one.
    private const int MaxCarried = (2 * FrameHeader.MaxFrameLength) + FrameHeader.MaxSize;
    private const int InitialCarried = 4096;

    private readonly IFrameSink _sink;
    private readonly SourceCodec? _codec;
    private byte[] _buffer = new byte[InitialCarried];
    private int _start;
    private int _end;
    private FrameHeader _previous;
    private bool _inSync;
    private long _lastFrameEnd;

    /// <summary>Creates a splitter.</summary>
    /// <param name="sink">Takes the frames.</param>
    /// <param name="codec">The only codec to accept, or null to take what comes.</param>
    public FrameSplitter(IFrameSink sink, SourceCodec? codec = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        _sink = sink;
        _codec = codec;
    }

    private enum Verdict
    {
        NotAFrame,
        Frame,
        NeedsMore,
    }

    /// <summary>Bytes that belonged to no frame, since the splitter was made.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Frames handed on, since the splitter was made.</summary>
    public long Frames { get; private set; }

    /// <summary>Bytes fed, since the splitter was made.</summary>
    public long FedBytes { get; private set; }

    /// <summary>
    /// Where the last frame that was handed on began, counted like <see cref="FedBytes"/>. A title that came when n bytes were fed
    /// belongs to the first frame whose offset is n or more.
    /// </summary>
    public long FrameOffset { get; private set; }

    /// <summary>Bytes fed since the end of the last frame; when it keeps growing, what comes is no audio.</summary>
    public long BytesSinceFrame => FedBytes - _lastFrameEnd;

    /// <summary>Takes the next bytes and hands on every frame that they confirm.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            MakeRoom(bytes.Length);
            var taken = Math.Min(bytes.Length, _buffer.Length - _end);
            bytes[..taken].CopyTo(_buffer.AsSpan(_end));
            _end += taken;
            FedBytes += taken;
            bytes = bytes[taken..];
            Split(atEnd: false);
        }
    }

    /// <summary>The stream has ended: hands on a last frame that is whole, and counts the rest as skipped.</summary>
    public void Flush()
    {
        Split(atEnd: true);
        Reset();
    }

    /// <summary>Another connection begins: forgets the bytes at hand (they count as skipped) and the sync. The counters go on.</summary>
    public void Reset()
    {
        SkippedBytes += _end - _start;
        _start = _end = 0;
        _inSync = false;
    }

    private void MakeRoom(int wanted)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // Grown only when a frame is too long for what there is: most streams never need it.
        if (_end == _buffer.Length && wanted > 0)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxCarried));
        }
    }

    private void Split(bool atEnd)
    {
        while (_start < _end)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var verdict = Judge(rest, atEnd, out var header);
            if (verdict == Verdict.NeedsMore)
            {
                return;
            }

            if (verdict == Verdict.NotAFrame)
            {
                SkipTo(rest[1..].IndexOf((byte)0xFF));
                continue;
            }

            _start += header.Length;
            _previous = header;
            _inSync = true;
            Frames++;
            _lastFrameEnd = FedBytes - (_end - _start);
            FrameOffset = _lastFrameEnd - header.Length;
            _sink.OnFrame(header.Format, rest[..header.Length]);
        }
    }

    // Every header begins with 0xFF, so the search may jump from one to the next.
    private void SkipTo(int nextSync)
    {
        var skipped = nextSync < 0 ? _end - _start : nextSync + 1;
        SkippedBytes += skipped;
        _start += skipped;
        _inSync = false;
    }

    private Verdict Judge(ReadOnlySpan<byte> rest, bool atEnd, out FrameHeader header)
    {
        if (!TryRead(rest, out header))
        {
            return !atEnd && CouldBecomeHeader(rest) ? Verdict.NeedsMore : Verdict.NotAFrame;
        }

        if (rest.Length < header.Length)
        {
            return atEnd ? Verdict.NotAFrame : Verdict.NeedsMore;
        }

        var inSync = _inSync && _previous.IsKinOf(header);
        var behind = rest[header.Length..];
        var verdict = Confirm(header, behind, inSync);
        if (verdict != Verdict.NeedsMore || !atEnd)
        {
            return verdict;
        }

        // Nothing more will come to decide it. The end itself confirms a frame that reaches it exactly.
        return inSync || behind.IsEmpty ? Verdict.Frame : Verdict.NotAFrame;
    }

    private Verdict Confirm(in FrameHeader header, ReadOnlySpan<byte> behind, bool inSync)
    {
        if (TryRead(behind, out var next))
        {
            if (header.IsKinOf(next))
            {
                return Verdict.Frame;
            }

            return inSync ? ConfirmChange(next, behind) : Verdict.NotAFrame;
        }

        if (CouldBecomeHeader(behind))
        {
            return Verdict.NeedsMore;
        }

        return inSync
            ? FrameTags.BeginsWith(behind) switch
            {
                true => Verdict.Frame,
                false => Verdict.NotAFrame,
                null => Verdict.NeedsMore,
            }
            : Verdict.NotAFrame;
    }

    // Only in sync: in mid-frame a chance header often enough ends where a true one of another rate begins.
    private Verdict ConfirmChange(in FrameHeader next, ReadOnlySpan<byte> behind)
    {
        var third = behind.Length > next.Length ? behind[next.Length..] : [];
        if (TryRead(third, out var afterNext))
        {
            return next.IsKinOf(afterNext) ? Verdict.Frame : Verdict.NotAFrame;
        }

        return CouldBecomeHeader(third) ? Verdict.NeedsMore : Verdict.NotAFrame;
    }

    private bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header) =>
        FrameHeader.TryRead(bytes, out header) && (_codec is null || header.Format.Codec == _codec);

    // Whether more bytes could still turn these into a header.
    private static bool CouldBecomeHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length switch
        {
            0 => true,
            1 => bytes[0] == 0xFF,
            < Mp3Header.Size => bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0,
            < AdtsHeader.Size => bytes[0] == 0xFF && (bytes[1] & 0xF6) == 0xF0,
            _ => false,
        };
}

namespace AudioRelay.Media.Icy;

/// <summary>Takes the metadata blocks out of an ICY stream. It may be fed in pieces of any size, from one byte up.</summary>
public sealed class IcySplitter
{
    private const int LengthUnit = 16;

    private readonly IIcySink _sink;
    private readonly int _interval;
    private byte[] _block = [];
    private int _audioLeft;
    private int _blockLength;
    private int _blockFilled;

    /// <summary>Creates a splitter for one connection.</summary>
    /// <param name="metaInterval">The answer's <c>icy-metaint</c>: bytes of sound between two blocks; 0 when there are none.</param>
    /// <param name="sink">Takes the sound and the blocks.</param>
    public IcySplitter(int metaInterval, IIcySink sink)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(metaInterval);
        ArgumentNullException.ThrowIfNull(sink);
        _interval = metaInterval;
        _audioLeft = metaInterval;
        _sink = sink;
    }

    /// <summary>Takes the next bytes of the connection.</summary>
    /// <param name="bytes">Any number of bytes.</param>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_interval == 0)
        {
            if (!bytes.IsEmpty)
            {
                _sink.OnAudio(bytes);
            }

            return;
        }

        while (!bytes.IsEmpty)
        {
            bytes =
                _audioLeft > 0 ? TakeAudio(bytes)
                : _blockLength == 0 ? TakeLength(bytes)
                : TakeBlock(bytes);
        }
    }

    private ReadOnlySpan<byte> TakeAudio(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_audioLeft, bytes.Length);
        _audioLeft -= taken;
        _sink.OnAudio(bytes[..taken]);
        return bytes[taken..];
    }

    private ReadOnlySpan<byte> TakeLength(ReadOnlySpan<byte> bytes)
    {
        _blockLength = bytes[0] * LengthUnit;
        _blockFilled = 0;
        if (_blockLength == 0)
        {
            _audioLeft = _interval;
        }

        return bytes[1..];
    }

    private ReadOnlySpan<byte> TakeBlock(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_blockLength - _blockFilled, bytes.Length);
        if (taken == _blockLength)
        {
            EndBlock(bytes[..taken]);
            return bytes[taken..];
        }

        if (_block.Length < _blockLength)
        {
            Array.Resize(ref _block, _blockLength);
        }

        bytes[..taken].CopyTo(_block.AsSpan(_blockFilled));
        _blockFilled += taken;
        if (_blockFilled == _blockLength)
        {
            EndBlock(_block.AsSpan(0, _blockLength));
        }

        return bytes[taken..];
    }

    private void EndBlock(ReadOnlySpan<byte> block)
    {
        // First the state, then the call: a sink that throws must not leave the splitter out of step.
        _blockLength = 0;
        _audioLeft = _interval;
        _sink.OnMetadata(block);
    }
}

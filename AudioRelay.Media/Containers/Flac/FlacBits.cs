namespace AudioRelay.Media.Containers.Flac;

/// <summary>Writes bits, most significant first.</summary>
internal ref struct FlacBits(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;
    private ulong _held;
    private int _count;

    /// <summary>Whole bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes the low bits of a value, up to 32.</summary>
    public void Write(uint value, int bits)
    {
        _held = (_held << bits) | (value & ((1UL << bits) - 1));
        _count += bits;
        while (_count >= 8)
        {
            _count -= 8;
            _bytes[Length++] = (byte)(_held >> _count);
        }
    }

    /// <summary>Writes zeros and a one.</summary>
    public void Unary(uint zeros)
    {
        for (; zeros >= 24; zeros -= 24)
        {
            Write(0, 24);
        }

        Write(1, (int)zeros + 1);
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        if (_count > 0)
        {
            Write(0, 8 - _count);
        }
    }
}

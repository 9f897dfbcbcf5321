using System.Buffers;

namespace AudioRelay.Media.Containers.Mp4;

/// <summary>Everything of a media segment before the payload: styp, moof and the head of mdat.</summary>
internal sealed class FragmentHead
{
    private readonly BoxWriter _w;
    private readonly int _moof;
    private readonly int _traf;
    private readonly int _trun;
    private readonly int _samples;
    private readonly bool _isOpus;
    private int _payload;

    public FragmentHead(uint sequence, long decodeTime, int samples, bool isOpus)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decodeTime);
        (_samples, _isOpus) = (samples, isOpus);
        _w = new BoxWriter(192 + (8 * samples));
        CommonBoxes.FileType(_w, "styp"u8, "msdhiso6"u8);
        _moof = Begin("moof"u8);
        using (_w.FullBox("mfhd"u8))
        {
            _w.U32(sequence);
        }

        _traf = Begin("traf"u8);
        using (_w.FullBox("tfhd"u8, flags: 0x020000)) // default-base-is-moof
        {
            _w.U32(1);
        }

        using (_w.FullBox("tfdt"u8, version: 1))
        {
            _w.U64(decodeTime);
        }

        _trun = Begin("trun"u8);
        _w.U32(0x000301); // data offset; duration and size of each sample. No flags: every sample is a sync sample.
        _w.U32(samples);
        _w.U32(0);
    }

    public void Add(int duration, int bytes)
    {
        _w.U32(duration);
        _w.U32(bytes);
        _payload = checked(_payload + bytes);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        End(_trun);
        if (_isOpus)
        {
            RollGroup();
        }

        End(_traf);
        End(_moof);
        _w.Patch(_trun + 16, _w.Length - _moof + 8); // the payload begins after mdat's head
        _w.U32(checked(_payload + 8));
        _w.Bytes("mdat"u8);
        output.Write(_w.Written);
    }

    // Every sample belongs to the one group that the init segment describes: decoding is right four packets later.
    private void RollGroup()
    {
        using var _ = _w.FullBox("sbgp"u8);
        _w.Bytes("roll"u8);
        _w.U32(1);
        _w.U32(_samples);
        _w.U32(1);
    }

    private int Begin(ReadOnlySpan<byte> type)
    {
        var start = _w.Length;
        _w.U32(0);
        _w.Bytes(type);
        return start;
    }

    private void End(int start) => _w.Patch(start, _w.Length - start);
}

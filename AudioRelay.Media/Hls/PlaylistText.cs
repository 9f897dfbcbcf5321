using System.Buffers;
using System.Buffers.Text;

namespace AudioRelay.Media.Hls;

/// <summary>Writes UTF-8 text line by line without making strings.</summary>
internal ref struct PlaylistText(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    public readonly void Text(ReadOnlySpan<byte> utf8) => _output.Write(utf8);

    public readonly void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _output.GetSpan(20), out var written);
        _output.Advance(written);
    }

    /// <summary>Microseconds as seconds with six decimals.</summary>
    public readonly void Seconds(long microseconds)
    {
        Number(microseconds / 1_000_000);
        var span = _output.GetSpan(7);
        span[0] = (byte)'.';
        Utf8Formatter.TryFormat(microseconds % 1_000_000, span[1..], out _, new StandardFormat('D', 6));
        _output.Advance(7);
    }

    /// <summary>UTC with milliseconds.</summary>
    public readonly void Time(long utcUs)
    {
        DateTime.UnixEpoch.AddTicks(utcUs * 10).TryFormat(_output.GetSpan(32), out var written, "yyyy-MM-ddTHH:mm:ss.fffZ");
        _output.Advance(written);
    }

    public readonly void Line(ReadOnlySpan<byte> utf8)
    {
        Text(utf8);
        End();
    }

    public readonly void Line(ReadOnlySpan<byte> tag, long value)
    {
        Text(tag);
        Number(value);
        End();
    }

    public readonly void End() => Text("\n"u8);
}

using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace AudioRelay.Host.Demo;

/// <summary>One connection to the demo station: puts ICY metadata between the frames' bytes.</summary>
internal sealed class DemoListener
{
    private readonly NetworkStream _stream;
    private readonly int _metaInterval;
    private readonly ArrayBufferWriter<byte> _out = new(64 * 1024);
    private int _untilBlock;
    private string? _announced;

    /// <param name="stream">The connection.</param>
    /// <param name="metaInterval">Bytes between two metadata blocks; 0 for none.</param>
    public DemoListener(NetworkStream stream, int metaInterval)
    {
        _stream = stream;
        _metaInterval = metaInterval;
        _untilBlock = metaInterval;
    }

    /// <summary>Puts a frame behind what is waiting to be sent.</summary>
    public void Add(ReadOnlySpan<byte> frame, string title)
    {
        while (_metaInterval > 0 && frame.Length >= _untilBlock)
        {
            _out.Write(frame[.._untilBlock]);
            frame = frame[_untilBlock..];
            _out.Write(Block(title));
            _untilBlock = _metaInterval;
        }

        _out.Write(frame);
        _untilBlock -= frame.Length;
    }

    /// <summary>Sends what is waiting.</summary>
    public async Task Send(CancellationToken token)
    {
        await _stream.WriteAsync(_out.WrittenMemory, token);
        _out.ResetWrittenCount();
    }

    private byte[] Block(string title)
    {
        if (title == _announced)
        {
            return [0];
        }

        _announced = title;
        var text = Encoding.UTF8.GetBytes($"StreamTitle='{title}';");
        var sixteenths = (text.Length + 15) / 16;
        var block = new byte[1 + (sixteenths * 16)];
        block[0] = (byte)sixteenths;
        text.CopyTo(block, 1);
        return block;
    }
}

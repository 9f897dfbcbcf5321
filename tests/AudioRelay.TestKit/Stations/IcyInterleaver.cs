using System.Text;

namespace AudioRelay.TestKit.Stations;

/// <summary>Puts metadata blocks into one listener's bytes, as Icecast does: the title first, then an empty block until it changes.</summary>
internal sealed class IcyInterleaver(int interval, Encoding encoding)
{
    private readonly int _interval = interval;
    private readonly Queue<byte[]> _raw = new();
    private int _left = interval;
    private string? _sent;

    public void SendRaw(byte[] block) => _raw.Enqueue(block);

    public void Write(List<byte> output, ReadOnlySpan<byte> audio, string title)
    {
        if (_interval == 0)
        {
            output.AddRange(audio);
            return;
        }

        while (audio.Length >= _left)
        {
            output.AddRange(audio[.._left]);
            audio = audio[_left..];
            _left = _interval;
            var block = NextBlock(title);
            output.Add((byte)(block.Length / 16));
            output.AddRange(block);
        }

        output.AddRange(audio);
        _left -= audio.Length;
    }

    private byte[] NextBlock(string title)
    {
        if (_raw.TryDequeue(out var raw))
        {
            return Pad(raw);
        }

        if (title == _sent)
        {
            return [];
        }

        _sent = title;
        return Pad(encoding.GetBytes($"StreamTitle='{title}';"));
    }

    private static byte[] Pad(byte[] text)
    {
        var block = new byte[Math.Min((text.Length + 15) / 16, 255) * 16];
        text.AsSpan(0, Math.Min(text.Length, block.Length)).CopyTo(block);
        return block;
    }
}

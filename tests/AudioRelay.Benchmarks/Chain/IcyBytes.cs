using System.Text;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Benchmarks.Chain;

/// <summary>A sound without end as a station sends it: metadata blocks in between, nearly all empty, a new title every three minutes.</summary>
internal sealed class IcyBytes(SoundFixture sound)
{
    public const int Interval = 16_000;

    private const int BlocksPerTitle = 180; // at 128 kbit/s a block comes each second
    private static readonly byte[][] Titles = [Block("Somebody - A song"), Block("Somebody else - Another song")];

    private int _audioAt;
    private int _untilBlock = Interval;
    private int _blocks;

    /// <summary>Bytes of sound given so far.</summary>
    public long AudioBytes { get; private set; }

    /// <summary>How long that sounds.</summary>
    public TimeSpan Played => sound.Duration * ((double)AudioBytes / sound.Bytes.Length);

    /// <summary>Fills a buffer up to its end, or a little less so that a block stays whole.</summary>
    public int Fill(Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (_untilBlock == 0)
            {
                ReadOnlySpan<byte> block = _blocks % BlocksPerTitle == 0 ? Titles[_blocks / BlocksPerTitle % 2] : [0];
                if (block.Length > buffer.Length - filled)
                {
                    break;
                }

                block.CopyTo(buffer[filled..]);
                filled += block.Length;
                _blocks++;
                _untilBlock = Interval;
            }

            var count = Math.Min(Math.Min(buffer.Length - filled, _untilBlock), sound.Bytes.Length - _audioAt);
            sound.Bytes.AsSpan(_audioAt, count).CopyTo(buffer[filled..]);
            filled += count;
            AudioBytes += count;
            _untilBlock -= count;
            _audioAt = (_audioAt + count) % sound.Bytes.Length;
        }

        return filled;
    }

    private static byte[] Block(string title)
    {
        var text = Encoding.UTF8.GetBytes($"StreamTitle='{title}';");
        var block = new byte[1 + ((text.Length + 15) / 16 * 16)];
        block[0] = (byte)(block.Length / 16);
        text.CopyTo(block, 1);
        return block;
    }
}

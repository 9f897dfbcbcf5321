namespace AudioRelay.TestKit.Fuzzing;

/// <summary>
/// Damages a stream's bytes as networks, servers and files do: flipped bits, garbage, lost and doubled ranges, pieces of other streams,
/// corrupted headers, tags with true and false sizes, starts in mid-frame. The same seed damages in the same way.
/// </summary>
/// <param name="chance">Decides everything.</param>
/// <param name="others">Streams of other formats, for splices.</param>
public sealed class Mutator(Random chance, IReadOnlyList<byte[]> others)
{
    private const int MostMutations = 6;
    private const int LongestRange = 3000;

    /// <summary>A damaged copy.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> input)
    {
        List<byte> bytes = [.. input];
        for (var left = chance.Next(1, MostMutations + 1); left > 0; left--)
        {
            MutateOnce(bytes);
        }

        return [.. bytes];
    }

    /// <summary>A window of a stream, of at most so many bytes, that starts anywhere.</summary>
    public byte[] Window(ReadOnlySpan<byte> stream, int most)
    {
        var length = chance.Next(Math.Min(most, stream.Length) + 1);
        return stream.Slice(chance.Next(stream.Length - length + 1), length).ToArray();
    }

    /// <summary>The bytes in pieces as they may come from a socket: sometimes one by one, sometimes all at once.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> bytes)
    {
        var most = chance.Next(4) switch
        {
            0 => 1 + chance.Next(8),
            1 => 1 + chance.Next(600),
            2 => 1400,
            _ => 1 + chance.Next(20_000),
        };
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, 1 + chance.Next(most));
            yield return bytes[..count];
            bytes = bytes[count..];
        }
    }

    private void MutateOnce(List<byte> bytes)
    {
        var at = chance.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, LengthOfRange());
        switch (chance.Next(11))
        {
            case 0:
                FlipBits(bytes);
                break;
            case 1:
                Overwrite(bytes, at, Random(length));
                break;
            case 2:
                bytes.InsertRange(at, Random(LengthOfRange()));
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                Overwrite(bytes, at, Same(length));
                break;
            case 6:
                CorruptHeaders(bytes);
                break;
            case 7:
                bytes.InsertRange(at, Id3v2Tag());
                break;
            case 8 when others.Count > 0:
                bytes.InsertRange(at, Window(others[chance.Next(others.Count)], LongestRange));
                break;
            case 9:
                bytes.RemoveRange(0, Math.Min(bytes.Count, LengthOfRange()));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    // Short ones are as likely as long ones.
    private int LengthOfRange() => 1 + (int)Math.Pow(LongestRange, chance.NextDouble());

    private byte[] Random(int length)
    {
        var bytes = new byte[length];
        chance.NextBytes(bytes);
        return bytes;
    }

    private byte[] Same(int length)
    {
        var bytes = new byte[length];
        Array.Fill(
            bytes,
            (byte)(
                chance.Next(3) switch
                {
                    0 => 0,
                    1 => 0xFF,
                    _ => chance.Next(256),
                }
            )
        );
        return bytes;
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length; i++)
        {
            bytes[at + i] = with[i];
        }
    }

    private void FlipBits(List<byte> bytes)
    {
        for (var left = chance.Next(1, 200); left > 0 && bytes.Count > 0; left--)
        {
            bytes[chance.Next(bytes.Count)] ^= (byte)(1 << chance.Next(8));
        }
    }

    // Where a frame seems to begin: its header and the side information behind it.
    private void CorruptHeaders(List<byte> bytes)
    {
        var share = chance.Next(1, 30);
        for (var i = 0; i + 40 < bytes.Count; i++)
        {
            if (bytes[i] == 0xFF && bytes[i + 1] >= 0xE0 && chance.Next(share) == 0)
            {
                bytes[i + chance.Next(chance.Next(2) == 0 ? 8 : 40)] = (byte)chance.Next(256);
            }
        }
    }

    private byte[] Id3v2Tag()
    {
        var body = Random(chance.Next(500));
        var claimed = chance.Next(3) switch
        {
            0 => body.Length,
            1 => chance.Next(1 << 28),
            _ => chance.Next(1000),
        };
        return
        [
            .. "ID3"u8,
            4,
            0,
            (byte)chance.Next(256),
            (byte)((claimed >> 21) & 0x7F),
            (byte)((claimed >> 14) & 0x7F),
            (byte)((claimed >> 7) & 0x7F),
            (byte)(claimed & 0x7F),
            .. body,
        ];
    }
}

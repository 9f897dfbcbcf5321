using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AudioRelay.Streams.Sync.Wire;

/// <summary>CRC-32 as in IEEE 802.3, zip and PNG: reflected polynomial 0xEDB88320, initial value and final xor of all ones.</summary>
/// <remarks>
/// Long data is folded by carry-less multiplication where the processor has that (Gopal and others, "Fast CRC Computation for Generic
/// Polynomials Using PCLMULQDQ", Intel 2009); the rest goes through eight tables, eight bytes a step.
/// </remarks>
public static class Crc32
{
    private const int Fold = 64;
    private static readonly uint[][] Tables = BuildTables();

    // x^n mod P for the distances over which 64 and 16 bytes are folded, reflected, as the paper gives them.
    private static readonly Vector128<ulong> Over64 = Vector128.Create(0x1_5444_2bd4UL, 0x1_c6e4_1596UL);
    private static readonly Vector128<ulong> Over16 = Vector128.Create(0x1_7519_97d0UL, 0x0_ccaa_009eUL);

    /// <summary>The checksum of <paramref name="data"/>; feed the earlier result as <paramref name="before"/> to go on over several spans.</summary>
    public static uint Of(ReadOnlySpan<byte> data, uint before = 0)
    {
        var crc = ~before;
        if (Pclmulqdq.IsSupported && data.Length >= 2 * Fold)
        {
            crc = Folded(ref data, crc);
        }

        return ~ByTables(data, crc);
    }

    /// <summary>Without the folding.</summary>
    internal static uint ByTables(ReadOnlySpan<byte> data, uint crc)
    {
        var t = Tables;
        while (data.Length >= 8)
        {
            crc ^= BinaryPrimitives.ReadUInt32LittleEndian(data);
            crc =
                t[7][crc & 0xFF]
                ^ t[6][(crc >> 8) & 0xFF]
                ^ t[5][(crc >> 16) & 0xFF]
                ^ t[4][crc >> 24]
                ^ t[3][data[4]]
                ^ t[2][data[5]]
                ^ t[1][data[6]]
                ^ t[0][data[7]];
            data = data[8..];
        }

        foreach (var b in data)
        {
            crc = t[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    /// <summary>Takes all whole blocks of 16 bytes off the data: what they fold to has the same checksum as they had.</summary>
    private static uint Folded(ref ReadOnlySpan<byte> data, uint crc)
    {
        var (a, b, c, d) = (Block(data, 0) ^ Vector128.Create(crc, 0UL), Block(data, 16), Block(data, 32), Block(data, 48));
        for (data = data[Fold..]; data.Length >= Fold; data = data[Fold..])
        {
            a = Folded(a, Over64) ^ Block(data, 0);
            b = Folded(b, Over64) ^ Block(data, 16);
            c = Folded(c, Over64) ^ Block(data, 32);
            d = Folded(d, Over64) ^ Block(data, 48);
        }

        var all = Folded(Folded(Folded(a, Over16) ^ b, Over16) ^ c, Over16) ^ d;
        for (; data.Length >= 16; data = data[16..])
        {
            all = Folded(all, Over16) ^ Block(data, 0);
        }

        Span<byte> left = stackalloc byte[16];
        all.AsByte().CopyTo(left);
        return ByTables(left, 0);
    }

    private static Vector128<ulong> Block(ReadOnlySpan<byte> data, int at) => Vector128.Create(data.Slice(at, 16)).AsUInt64();

    private static Vector128<ulong> Folded(Vector128<ulong> block, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(block, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, by, 0x11);

    private static uint[][] BuildTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < 8; table++)
        {
            tables[table] = new uint[256];
        }

        for (var value = 0u; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }

            tables[0][value] = crc;
        }

        for (var table = 1; table < 8; table++)
        {
            for (var value = 0; value < 256; value++)
            {
                var previous = tables[table - 1][value];
                tables[table][value] = tables[0][previous & 0xFF] ^ (previous >> 8);
            }
        }

        return tables;
    }
}

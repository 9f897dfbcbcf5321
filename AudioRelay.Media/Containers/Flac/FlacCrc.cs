namespace AudioRelay.Media.Containers.Flac;

/// <summary>The two checksums of a FLAC frame.</summary>
internal static class FlacCrc
{
    private static readonly ushort[] Table8 = Table(0x07, 8);
    private static readonly ushort[] Table16 = Table(0x8005, 16);

    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var b in bytes)
        {
            crc = Table8[crc ^ b];
        }

        return (byte)crc;
    }

    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var b in bytes)
        {
            crc = ((crc << 8) ^ Table16[(crc >> 8) ^ b]) & 0xFFFF;
        }

        return (ushort)crc;
    }

    private static ushort[] Table(int polynomial, int width)
    {
        var table = new ushort[256];
        for (var i = 0; i < 256; i++)
        {
            var crc = i << (width - 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & (1 << (width - 1))) != 0 ? (crc << 1) ^ polynomial : crc << 1;
            }

            table[i] = (ushort)(crc & ((1 << width) - 1));
        }

        return table;
    }
}

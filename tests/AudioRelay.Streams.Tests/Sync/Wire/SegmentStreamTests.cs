using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Tests.Sync.Wire;

public sealed class SegmentStreamTests
{
    [Fact]
    public void The_checksum_is_the_one_of_the_standard()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(Crc32.Of("0123456789abcdefXYZ"u8), Crc32.Of("9abcdefXYZ"u8, Crc32.Of("012345678"u8)));
        Assert.Equal(0u, Crc32.Of([]));
    }

    [Fact]
    public void The_checksum_of_long_data_is_that_of_its_bytes_one_by_one()
    {
        var data = new byte[1200];
        new Random(7).NextBytes(data);
        for (var length = 0; length < 1000; length++)
        {
            // From an odd place too: nothing may depend on where the data lie.
            var part = data.AsSpan(length % 17, length);
            Assert.Equal(OneByOne(part, 0xFFFF_FFFF ^ (uint)length), Crc32.Of(part, (uint)length));
        }

        static uint OneByOne(ReadOnlySpan<byte> bytes, uint crc)
        {
            foreach (var one in bytes)
            {
                crc ^= one;
                for (var bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            return ~crc;
        }
    }

    [Fact]
    public void Version_one_is_the_predecessors_byte_for_byte()
    {
        // Assembled by hand from the specification, not by the code under test.
        var body = Convert.FromHexString(
            "0700000000000000" // id 7
                + "E803000000000000" // 1000 ms
                + "01000000" // from source
                + "2A00000000000000" // section 42
                + "C003000000000000" // 960 samples
                + "03000000" // 3 bytes
                + "AABBCC"
        );
        var expected = Convert
            .FromHexString("53474553" + "01000000" + "01000000")
            .Concat(BitConverter.GetBytes(SlowCrc(body)))
            .Concat(body);
        Assert.Equal(expected, Write(WireVersion.One, [Sample with { Sha256 = default }]));
    }

    [Theory]
    [InlineData(WireVersion.One)]
    [InlineData(WireVersion.Two)]
    public void What_is_written_is_read_again(WireVersion version)
    {
        WireSegment[] segments =
        [
            Sample,
            Sample with
            {
                Id = 8,
                StartsSection = false,
                Data = Array.Empty<byte>(),
            },
            Sample with
            {
                Id = -1,
            },
        ];
        var read = SegmentStream.Read(Write(version, segments));
        Assert.Equal(3, read.Count);
        for (var index = 0; index < 3; index++)
        {
            Assert.Equal(segments[index].Data.ToArray(), read[index].Data.ToArray());
            Assert.Equal(version == WireVersion.Two ? segments[index].Sha256.ToArray() : [], read[index].Sha256.ToArray());
            Assert.Equal(segments[index] with { Data = default, Sha256 = default }, read[index] with { Data = default, Sha256 = default });
        }
    }

    [Fact]
    public void An_empty_batch_is_a_header_only()
    {
        Assert.Equal(16, Write(WireVersion.One, []).Length);
        Assert.Empty(SegmentStream.Read(Write(WireVersion.Two, [])));
    }

    [Fact]
    public void Every_flipped_bit_of_version_two_is_noticed()
    {
        var good = Write(WireVersion.Two, [Sample, Sample with { Id = 8 }]);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<WireException>(() => SegmentStream.Read(bad));
        }
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        foreach (var version in new[] { WireVersion.One, WireVersion.Two })
        {
            var good = Write(version, [Sample, Sample with { Id = 8 }]);
            for (var length = 0; length < good.Length; length++)
            {
                Assert.Throws<WireException>(() => SegmentStream.Read(good.AsMemory(0, length)));
            }
        }
    }

    [Fact]
    public void A_count_that_lies_costs_no_memory()
    {
        var bad = Write(WireVersion.One, [Sample]);
        BitConverter.GetBytes(uint.MaxValue).CopyTo(bad, 8); // version 1's checksum does not cover it
        Assert.Contains("cannot fit", Assert.Throws<WireException>(() => SegmentStream.Read(bad)).Message, StringComparison.Ordinal);
    }

    private static readonly WireSegment Sample = new(
        7,
        1000,
        true,
        42,
        960,
        new byte[] { 0xAA, 0xBB, 0xCC },
        Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()
    );

    private static byte[] Write(WireVersion version, WireSegment[] segments) => Batches.Write(version, segments);

    private static uint SlowCrc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}

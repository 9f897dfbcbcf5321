using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.Streams.Tests.Sync.Client;
using AudioRelay.Streams.Tests.Sync.Wire;
using AudioRelay.TestKit.Net;

namespace AudioRelay.Streams.Tests.Sync.Interop;

/// <summary>
/// The predecessor's bytes, assembled by hand from relay.md §4.4; the checksums are zlib's. What its own tests damage (§7, segment_wire) is
/// damaged here too, and must reach nobody.
/// </summary>
public sealed class WireFixtureTests
{
    private const string Magic = "53474553"; // 0x53454753
    private const string One = "01000000";

    // id 7, 1,700,000,000,000 ms, from source, section 1,700,000,000,000,000, 96,000 samples, 3 bytes
    private const string Seven =
        "0700000000000000" + "0068E5CF8B010000" + "01000000" + "00401E18240A0600" + "0077010000000000" + "03000000" + "AABBCC";

    // id 8, 2 s later, not from source, no bytes
    private const string Eight =
        "0800000000000000" + "D06FE5CF8B010000" + "00000000" + "00401E18240A0600" + "0077010000000000" + "00000000";

    // id 9, 48,000 samples, 6 bytes
    private const string Nine =
        "0900000000000000" + "A077E5CF8B010000" + "00000000" + "00401E18240A0600" + "80BB000000000000" + "06000000" + "DEADBEEF0102";

    private const string EmptyStream = Magic + One + "00000000" + "00000000";
    private const string OneSegment = Magic + One + "01000000" + "8ACBB963" + Seven;
    private const string ThreeSegments = Magic + One + "03000000" + "8D8AE2D5" + Seven + Eight + Nine;

    private static readonly WireSegment[] Segments =
    [
        new(7, 1_700_000_000_000, true, 1_700_000_000_000_000, 96_000, new byte[] { 0xAA, 0xBB, 0xCC }, default),
        new(8, 1_700_000_002_000, false, 1_700_000_000_000_000, 96_000, Array.Empty<byte>(), default),
        new(9, 1_700_000_004_000, false, 1_700_000_000_000_000, 48_000, new byte[] { 0xDE, 0xAD, 0xBE, 0xEF, 1, 2 }, default),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EmptyStream, 0)]
    [InlineData(OneSegment, 1)]
    [InlineData(ThreeSegments, 3)]
    public async Task We_read_and_write_the_same_bytes(string hex, int count)
    {
        Assert.Equal(hex, Convert.ToHexString(Batches.Write(WireVersion.One, Segments[..count])));

        await using var stand = new WebStand(_ => WebAnswer.Bytes(Convert.FromHexString(hex), "application/x-segment-stream"));
        using var client = Answers.Client(stand);
        using var batch = await client.SegmentsAsync("news", 1, 100, 100, 1000, Token);
        Assert.Equal(WireVersion.One, batch.Version);
        Assert.Equal(hex.Length / 2, batch.Bytes);
        Assert.Equal(count, batch.Segments.Count);
        foreach (var (expected, read) in Segments.Zip(batch.Segments))
        {
            Assert.Equal(expected.Data.ToArray(), read.Data.ToArray());
            Assert.True(read.Sha256.IsEmpty);
            Assert.Equal(expected with { Data = default }, read with { Data = default, Sha256 = default });
        }
    }

    [Theory]
    [InlineData("", "truncated header")]
    [InlineData("5347455301000000030000008D8AE2", "truncated header")] // 15 of 16 bytes
    [InlineData("53454753" + One + "01000000" + "8ACBB963" + Seven, "invalid magic")] // "SEGS", as the comments have it
    [InlineData(Magic + "03000000" + "01000000" + "8ACBB963" + Seven, "unsupported version 3")]
    [InlineData(Magic + "00000000" + "01000000" + "8ACBB963" + Seven, "unsupported version 0")]
    [InlineData(Magic + One + "01000000" + "8BCBB963" + Seven, "says 63b9cb8b, its bytes are 63b9cb8a")] // both checksums
    [InlineData(Magic + One + "00000000" + "01000000", "checksum mismatch")] // the checksum of nothing is 0
    [InlineData(
        Magic + One + "01000000" + "F723CDB0" + "07000000000000000068E5CF8B0100000100000000401E18240A0600007701000000000003000000AABB",
        "invalid audio length"
    )]
    [InlineData(Magic + One + "02000000" + "31DBF557" + Seven + "0800000000000000D06FE5CF8B01000000000000", "truncated segment")]
    [InlineData(Magic + One + "02000000" + "8ACBB963" + Seven, "truncated segment")] // a count that is too high, which the checksum does not cover
    [InlineData(Magic + One + "FFFFFFFF" + "8ACBB963" + Seven, "truncated segment")]
    [InlineData(Magic + One + "00000000" + "8ACBB963" + Seven, "behind the last segment")] // one that is too low: it would be lost
    [InlineData(Magic + One + "01000000" + "8D8AE2D5" + Seven + Eight + Nine, "behind the last segment")]
    public async Task Every_damage_of_the_list_is_noticed_and_nothing_is_accepted(string hex, string says)
    {
        await using var stand = new WebStand(_ => WebAnswer.Bytes(Convert.FromHexString(hex), "application/x-segment-stream"));
        using var client = Answers.Client(stand);
        var error = await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 100, 100, 1000, Token));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_flipped_bit_of_three_segments_is_noticed()
    {
        var good = Convert.FromHexString(ThreeSegments);
        var bit = 0;
        await using var stand = new WebStand(_ =>
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            return WebAnswer.Bytes(bad, "application/x-segment-stream");
        });
        using var client = Answers.Client(stand);
        for (; bit < good.Length * 8; bit++)
        {
            await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 100, 100, 1000, Token));
        }
    }
}

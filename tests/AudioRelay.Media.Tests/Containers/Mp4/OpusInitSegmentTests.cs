using System.Text;
using AudioRelay.Media.Containers.Mp4;

namespace AudioRelay.Media.Tests.Containers.Mp4;

public sealed class OpusInitSegmentTests
{
    private static readonly List<Mp4Box> Init = Mp4Box.ParseAll(InitSegment.ForOpus(new OpusTrack(312, 1, 44100)));

    [Fact]
    public void F1_It_is_ftyp_and_moov_with_a_brand_that_knows_rolls_no_duration_and_mvex_last()
    {
        Assert.Equal(["ftyp", "moov"], Init.Select(b => b.Type));
        Assert.Equal("iso6", Encoding.ASCII.GetString(Init[0].Body, 0, 4));
        Assert.Equal(["mvhd", "trak", "mvex"], Init[1].Children.Select(b => b.Type));
        Assert.Equal(0, Init.At("moov/mvhd").I64(24));
        Assert.Equal(0, Init.At("moov/trak/tkhd").I64(28));
        Assert.Equal(0, Init.At("moov/trak/mdia/mdhd").I64(24));
    }

    [Fact]
    public void F1_Its_sample_tables_are_empty_and_O6_there_is_no_list_of_sync_samples()
    {
        var stbl = Init.At("moov/trak/mdia/minf/stbl");
        Assert.Equal(["stsd", "stts", "stsc", "stsz", "stco", "sgpd"], stbl.Children.Select(b => b.Type));
        Assert.All(stbl.Children.Skip(1).Take(4), table => Assert.All(table.Body, b => Assert.Equal(0, b)));
    }

    [Fact]
    public void F3_The_only_data_reference_is_the_file_itself()
    {
        var dref = Init.At("moov/trak/mdia/minf/dinf/dref");
        Assert.Equal(1u, dref.U32(4));
        Assert.Equal([0, 0, 0, 12, .. "url "u8, 0, 0, 0, 1], dref.Body[8..]);
    }

    [Fact]
    public void F4_The_timescale_is_48000() => Assert.Equal(48000u, Init.At("moov/trak/mdia/mdhd").U32(20));

    [Fact]
    public void O1_O2_O3_The_entry_holds_the_true_pre_skip_and_source_rate()
    {
        var entry = Mp4Box.ParseAll(Init.At("moov/trak/mdia/minf/stbl/stsd").Body[8..]).Single();
        Assert.Equal("Opus", entry.Type);
        Assert.Equal(16, entry.Body[19]);
        Assert.Equal(48000u << 16, entry.U32(24));
        var dops = Mp4Box.ParseAll(entry.Body[28..]).Single();
        Assert.Equal("dOps", dops.Type);
        Assert.Equal([0, 1, 312 >> 8, 312 & 255, 0, 0, 44100 >> 8, 44100 & 255, 0, 0, 0], dops.Body);
    }

    [Fact]
    public void O4_The_edit_list_trims_nothing_since_the_pre_skip_already_does()
    {
        var elst = Init.At("moov/trak/edts/elst");
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], elst.Body);
    }

    [Fact]
    public void O5_Decoding_is_right_four_packets_of_20_ms_after_any_sample()
    {
        var sgpd = Init.At("moov/trak/mdia/minf/stbl/sgpd");
        Assert.Equal([.. "roll"u8, 0, 0, 0, 2, 0, 0, 0, 1, 0xFF, 0xFC], sgpd.Body[4..]);
    }

    [Fact]
    public void P10_Its_name_follows_from_its_bytes_and_from_nothing_else()
    {
        var name = InitSegment.FileName(InitSegment.ForOpus(new OpusTrack(312)));
        Assert.Matches("^init-[0-9a-f]{16}[.]mp4$", name);
        Assert.Equal(name, InitSegment.FileName(InitSegment.ForOpus(new OpusTrack(312))));
        Assert.NotEqual(name, InitSegment.FileName(InitSegment.ForOpus(new OpusTrack(313))));
        Assert.NotEqual(name, InitSegment.FileName(InitSegment.ForOpus(new OpusTrack(312, Channels: 2))));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(65536, 1)]
    [InlineData(312, 3)]
    public void What_cannot_be_written_is_refused(int preSkip, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InitSegment.ForOpus(new OpusTrack(preSkip, channels)));
}

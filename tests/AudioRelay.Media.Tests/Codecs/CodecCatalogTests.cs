using AudioRelay.Media.Codecs;
using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Tests.Codecs;

public sealed class CodecCatalogTests
{
    [Fact]
    public void On_a_machine_with_everything_every_library_is_found()
    {
        var reports = new CodecCatalog([]).Probe();

        Assert.Equal(CodecLibrary.All, reports.Select(report => report.Library));
        Assert.All(reports, report => Assert.True(report.Found, $"{report.Library.Name}: {report.Problem}"));
        Assert.All(reports, report => Assert.NotNull(report.File));
        Assert.StartsWith("libopus 1.", reports.Single(report => report.Library == CodecLibrary.Opus).Version, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_library_is_reported_with_the_way_to_get_it_on_each_system()
    {
        var report = new CodecCatalog([CodecLibrary.Faad]).Probe().Single(r => r.Library == CodecLibrary.Faad);

        Assert.False(report.Found);
        Assert.Equal("apt-get install libfaad2", report.Library.Install(TargetSystem.Debian));
        Assert.Equal("brew install faad2", report.Library.Install(TargetSystem.MacOs));
        Assert.Contains("libfaad-2.dll", report.Library.Install(TargetSystem.Windows), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceCodec.Mp3, "mpg123")]
    [InlineData(SourceCodec.Aac, "faad")]
    public void Libavcodec_takes_over_where_the_small_decoder_is_missing(SourceCodec codec, string small)
    {
        using var usual = new CodecCatalog([]).OpenDecoder(codec);
        using var other = new CodecCatalog(CodecCatalog.Named(small)).OpenDecoder(codec);
        using var forced = new CodecCatalog([]).OpenDecoder(codec, DecoderChoice.Libavcodec);

        Assert.Equal((small, "libavcodec", "libavcodec"), (usual.Library, other.Library, forced.Library));
    }

    [Theory]
    [InlineData(SourceCodec.Mp3, DecoderChoice.Auto, "mpg123,libavcodec", "libmpg123-0", "libavcodec59")]
    [InlineData(SourceCodec.Aac, DecoderChoice.Auto, "faad, LIBAVCODEC", "libfaad2", "libavcodec59")]
    [InlineData(SourceCodec.Aac, DecoderChoice.Small, "faad", "libfaad2", "faad")]
    [InlineData(SourceCodec.Mp3, DecoderChoice.Libavcodec, "libavcodec", "libavcodec59", "libavcodec")]
    public void What_cannot_be_decoded_says_which_library_is_missing(
        SourceCodec codec,
        DecoderChoice choice,
        string without,
        string package,
        string alternative
    )
    {
        var catalog = new CodecCatalog(CodecCatalog.Named(without));
        var error = Assert.Throws<MissingLibraryException>(() => catalog.OpenDecoder(codec, choice));

        Assert.False(catalog.CanDecode(codec, choice));
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"apt-get install {package}", error.Message, StringComparison.Ordinal);
            Assert.Contains(alternative, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_libopus_and_vo_aacenc_their_formats_are_not_offered_and_WAV_still_is()
    {
        var catalog = new CodecCatalog([CodecLibrary.Opus, CodecLibrary.VoAacEnc]);

        Assert.False(catalog.CanEncodeOpus);
        Assert.False(catalog.CanEncodeAac);
        Assert.Contains(
            "libopus0",
            Assert.Throws<MissingLibraryException>(() => catalog.OpenOpusEncoder()).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "libvo-aacenc0",
            Assert.Throws<MissingLibraryException>(() => catalog.OpenAacEncoder()).Message,
            StringComparison.Ordinal
        );
        CodecCatalog.OpenWavEncoder(44100).Dispose();
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("opus,nothing", "opus")]
    [InlineData(" Vo-AACenc , mpg123", "mpg123 vo-aacenc")]
    public void The_environment_can_take_libraries_away(string? value, string expected) =>
        Assert.Equal(expected, string.Join(' ', CodecCatalog.Named(value).Select(library => library.Name)));
}

using System.Text;
using AudioRelay.Media.Icy;

namespace AudioRelay.Media.Tests.Icy;

public sealed class IcyTitleTests
{
    [Theory]
    [InlineData("StreamTitle='Artist - Song';", "Artist - Song")]
    [InlineData("StreamTitle='Artist - it's;x';", "Artist - it's;x")]
    [InlineData("StreamTitle='It's 'quoted'; really';", "It's 'quoted'; really")]
    [InlineData("StreamTitle='a';b';", "a';b")]
    [InlineData("StreamTitle='Song';StreamUrl='http://example.com/a.png';", "Song")]
    [InlineData("StreamTitle='it's;x'; StreamUrl='';", "it's;x")]
    [InlineData("StreamUrl='http://example.com/';StreamTitle='Song';", "Song")]
    [InlineData("StreamTitle='Ad';StreamUrl='';adw_ad='true';durationMilliseconds='30000';", "Ad")]
    [InlineData("streamtitle='lower case';", "lower case")]
    [InlineData("StreamTitle='';", "")]
    [InlineData("StreamTitle='';StreamUrl='';", "")]
    [InlineData("StreamTitle='no semicolon'", "no semicolon")]
    [InlineData("StreamTitle='  spaces \r\n';", "spaces")]
    [InlineData("StreamTitle='two\nlines';", "two lines")]
    [InlineData("StreamTitle=';';", ";")]
    [InlineData("StreamTitle='a = b';", "a = b")]
    [InlineData("StreamTitle='Żółć – ゴジラ';", "Żółć – ゴジラ")]
    public void The_title_is_read(string block, string expected)
    {
        Assert.True(IcyTitle.TryRead(Padded(Encoding.UTF8.GetBytes(block)), null, out var title));
        Assert.Equal(expected, title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("StreamTitle")]
    [InlineData("StreamTitle=")]
    [InlineData("StreamTitle='cut in the mid")]
    [InlineData("StreamUrl='http://example.com/';")]
    [InlineData("\u0001\u0002\u0003 nonsense ' ; = '")]
    public void A_block_without_a_readable_title_is_passed_over(string block)
    {
        Assert.False(IcyTitle.TryRead(Padded(Encoding.UTF8.GetBytes(block)), null, out var title));
        Assert.Null(title);
    }

    [Fact]
    public void The_tail_of_a_longer_title_behind_the_padding_is_not_read()
    {
        Assert.True(IcyTitle.TryRead("StreamTitle='b';\0\0\0ger title';\0"u8, null, out var title));
        Assert.Equal("b", title);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_read_as_the_show_says_else_as_Latin_1()
    {
        byte[] block = [.. "StreamTitle='"u8, 0xC9, 0x74, 0xE9, .. "';"u8];
        Assert.True(IcyTitle.TryRead(block, null, out var latin1));
        Assert.Equal("Été", latin1);

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] cyrillic = [.. "StreamTitle='"u8, 0xCC, 0xE8, 0xF0, .. "';"u8];
        Assert.True(IcyTitle.TryRead(cyrillic, Encoding.GetEncoding(1251), out var title));
        Assert.Equal("Мир", title);
    }

    [Fact]
    public void UTF_8_wins_over_the_configured_charset_and_Latin_1_catches_what_neither_can_read()
    {
        Assert.True(IcyTitle.TryRead("StreamTitle='Été';"u8, Encoding.Latin1, out var utf8));
        Assert.Equal("Été", utf8);

        byte[] block = [.. "StreamTitle='"u8, 0xE9, .. "';"u8];
        Assert.True(IcyTitle.TryRead(block, Encoding.ASCII, out var caught));
        Assert.Equal("é", caught);
    }

    private static byte[] Padded(byte[] text) => [.. text, .. new byte[(16 - (text.Length % 16)) % 16]];
}

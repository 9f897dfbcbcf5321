using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using AudioRelay.Media.Hls;

namespace AudioRelay.Media.Tests.Hls;

public sealed class MediaPlaylistTests
{
    private const long Noon = 1_790_164_800_123_456;
    private static readonly MediaPlaylistOptions Vod = new(PlaylistKind.Vod, 6, "opus-segment/", ".m4s");

    [Fact]
    public void A_short_playlist_reads_like_this()
    {
        PlaylistEntry[] entries =
        [
            new(41, 0, 288_000, 48000, 3, Noon, "opus-segment/init-1.mp4"),
            new(42, 288_000, 287_999, 48000, 3, Noon + 6_000_000, "opus-segment/init-1.mp4"),
            new(43, 0, 48_000, 48000, 4, Noon + 600_000_000, "opus-segment/init-2.mp4"),
        ];

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:41
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="opus-segment/init-1.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-09-23T12:00:00.123Z
            #EXTINF:6.000000,
            opus-segment/41.m4s
            #EXTINF:5.999979,
            opus-segment/42.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="opus-segment/init-2.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-09-23T12:10:00.123Z
            #EXTINF:1.000000,
            opus-segment/43.m4s
            #EXT-X-ENDLIST

            """,
            Encoding.UTF8.GetString(MediaPlaylist.Render(Vod, entries)),
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public void P1_It_is_UTF_8_without_a_mark_and_says_what_it_is()
    {
        var bytes = MediaPlaylist.Render(Vod, [Entry(1)]);
        Assert.Equal("#EXTM3U\n"u8.ToArray(), bytes[..8]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal("application/vnd.apple.mpegurl", MediaPlaylist.MediaType);
    }

    [Theory]
    [InlineData(null, false, 3)]
    [InlineData("init.mp4", false, 6)]
    [InlineData("init.mp4", true, 8)]
    [InlineData(null, true, 8)]
    public void P2_The_version_is_the_least_that_its_tags_need(string? map, bool isGap, int version)
    {
        PlaylistEntry[] entries = [Entry(1) with { MapUri = map }, Entry(2) with { MapUri = map, IsGap = isGap }];
        Assert.Equal(version, ReadPlaylist.Parse(MediaPlaylist.Render(Vod, entries)).Version);
    }

    [Theory]
    [InlineData(38)]
    [InlineData(77)]
    [InlineData(230)]
    public void P3_P5_A_day_adds_up_to_the_millisecond_whatever_the_segment_length(int codecFrames)
    {
        const int rate = 44100;
        var samples = codecFrames * 1152;
        var entries = new List<PlaylistEntry>();
        for (var at = 0L; at < 86400L * rate; at += samples)
        {
            entries.Add(new PlaylistEntry(entries.Count + 1, at, samples, rate, 0, Noon + (at * 1_000_000 / rate)));
        }

        var read = Render(Vod, CollectionsMarshal.AsSpan(entries));

        Assert.All(read.Segments, s => Assert.True(s.Length.Length - s.Length.IndexOf('.') > 5));
        var exact = (decimal)entries.Count * samples / rate;
        Assert.InRange(read.Segments.Sum(s => s.Seconds) - exact, -0.001m, 0.001m);
        Assert.Single(read.Segments, s => s.Wall is not null);
    }

    [Fact]
    public void P3_The_target_is_the_configured_one_and_only_a_longer_segment_can_raise_it()
    {
        Assert.Equal(6, Render(Vod, [Entry(1) with { Samples = 6 * 48000 + 23_999 }]).Target); // 6.49998 rounds to 6
        Assert.Equal(7, Render(Vod, [Entry(1) with { Samples = 6 * 48000 + 24_000 }]).Target); // 6.5 rounds to 7
        Assert.Equal(6, Render(Vod, [Entry(1) with { Samples = 48000 }]).Target);
        Assert.Equal(6, Render(Vod, []).Target);
    }

    [Fact]
    public void P6_P9_P10_P11_In_every_window_that_shows_it_a_segment_keeps_its_number_length_era_and_map()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var history = new PlaylistHistory(seed);
            var seen = new Dictionary<string, ReadSegment>();
            var first = 0;
            var random = new Random(seed);
            for (var step = 0; step < 150; step++)
            {
                history.Grow();
                first = Math.Max(first, history.Entries.Count - random.Next(5, 40));
                var window = CollectionsMarshal.AsSpan(history.Entries)[first..];
                var read = ReadPlaylist.Parse(MediaPlaylist.Render(Vod with { Kind = PlaylistKind.Live }, window));

                Assert.False(read.HasEnd);
                Assert.Null(read.Type);
                Assert.Equal(6, read.Target);
                AssertTimes(read, window);
                foreach (var segment in read.Segments)
                {
                    var kept = segment with { Wall = null, IsBroken = false };
                    if (seen.TryGetValue(segment.Uri, out var before))
                    {
                        Assert.Equal(before, kept);
                    }

                    seen[segment.Uri] = kept;
                }
            }
        }
    }

    [Fact]
    public void P7_P8_An_event_only_appends_and_its_end_is_the_last_line_it_ever_gets()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var history = new PlaylistHistory(seed);
            var before = "";
            var options = Vod with { Kind = PlaylistKind.Event };
            for (var step = 0; step < 60; step++)
            {
                history.Grow();
                var text = Encoding.UTF8.GetString(MediaPlaylist.Render(options, CollectionsMarshal.AsSpan(history.Entries)));
                // Of the head only the version may grow; the first entry already has its map, so not even that does.
                Assert.StartsWith(before, text, StringComparison.Ordinal);
                Assert.Contains("#EXT-X-PLAYLIST-TYPE:EVENT\n", text, StringComparison.Ordinal);
                Assert.DoesNotContain("ENDLIST", text, StringComparison.Ordinal);
                before = text;
            }

            var ended = MediaPlaylist.Render(options with { Ended = true }, CollectionsMarshal.AsSpan(history.Entries));
            Assert.Equal(before + "#EXT-X-ENDLIST\n", Encoding.UTF8.GetString(ended));
        }
    }

    [Fact]
    public void P9_A_section_that_continues_another_brings_no_discontinuity_although_its_samples_begin_at_0()
    {
        PlaylistEntry[] entries = [Entry(1), Entry(2) with { FirstSample = 0, WallUs = Noon + 6_000_000 }];
        var read = Render(Vod, entries);
        Assert.DoesNotContain(read.Segments, s => s.IsBroken);
        Assert.Null(read.Segments[1].Wall);
    }

    [Fact]
    public void P11_A_jump_of_the_clock_inside_a_section_brings_a_date_time_and_no_discontinuity()
    {
        PlaylistEntry[] entries = [Entry(1), Entry(2) with { WallUs = Noon + 6_020_001 }, Entry(3) with { WallUs = Noon + 12_030_000 }];
        var read = Render(Vod, entries);
        Assert.Equal([true, true, false], read.Segments.Select(s => s.Wall is not null));
        Assert.DoesNotContain(read.Segments, s => s.IsBroken);
    }

    [Fact]
    public void P12_A_hole_can_be_kept_in_the_timeline()
    {
        PlaylistEntry[] entries = [Entry(1), Entry(2) with { IsGap = true }, Entry(3) with { Era = 1 }];
        var read = Render(Vod, entries);
        Assert.Equal([false, true, false], read.Segments.Select(s => s.IsGap));
    }

    [Theory]
    [InlineData("a b/ü/", "a%20b/%C3%BC/1.m4s")]
    [InlineData("10:30#x/", "10%3A30%23x/1.m4s")]
    [InlineData("\"\n/", "%22%0A/1.m4s")]
    public void P13_URIs_are_relative_and_escaped(string prefix, string uri) =>
        Assert.Equal(uri, Render(Vod with { UriPrefix = prefix }, [Entry(1)]).Segments[0].Uri);

    [Theory]
    [InlineData("/api/segment/")]
    [InlineData("https://example.org/")]
    public void P13_Absolute_URIs_are_refused(string prefix) =>
        Assert.Throws<ArgumentException>(() => MediaPlaylist.Render(Vod with { UriPrefix = prefix }, [Entry(1)]));

    [Fact]
    public void P13_A_query_is_kept_as_it_is_and_cannot_break_out_of_its_line()
    {
        Assert.Equal("opus-segment/1.m4s?t=a%20b&c", Render(Vod with { UriSuffix = ".m4s?t=a%20b&c" }, [Entry(1)]).Segments[0].Uri);
        Assert.Throws<ArgumentException>(() => MediaPlaylist.Render(Vod with { UriSuffix = ".m4s?\n" }, [Entry(1)]));
        PlaylistEntry[] entries = [Entry(1) with { Query = "?s=a" }, Entry(2) with { Query = "?s=b" }, Entry(3)];
        Assert.Equal(
            ["opus-segment/1.m4s?s=a", "opus-segment/2.m4s?s=b", "opus-segment/3.m4s"],
            Render(Vod, entries).Segments.Select(segment => segment.Uri)
        );
        Assert.Throws<ArgumentException>(() => MediaPlaylist.Render(Vod, [Entry(1) with { Query = "?\n" }]));
    }

    [Fact]
    public void P14_A_day_of_relative_paths_packs_to_less_than_20_kB()
    {
        var entries = Enumerable.Range(0, 5760).Select(i => Entry(100_000 + i)).ToArray();
        var text = MediaPlaylist.Render(Vod, entries);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(text);
        }

        Assert.InRange(packed.Length, 1, 20_000);
    }

    [Fact]
    public void P20_The_place_to_begin_can_be_said()
    {
        Assert.Contains("#EXT-X-START:TIME-OFFSET=0.000000", Render(Vod with { StartSeconds = 0 }, [Entry(1)]).Lines);
        Assert.Contains("#EXT-X-START:TIME-OFFSET=-18.500000", Render(Vod with { StartSeconds = -18.5 }, [Entry(1)]).Lines);
    }

    [Fact]
    public void Segments_of_MP3_are_not_called_independent()
    {
        Assert.Contains("#EXT-X-INDEPENDENT-SEGMENTS", Render(Vod, [Entry(1)]).Lines);
        Assert.DoesNotContain("#EXT-X-INDEPENDENT-SEGMENTS", Render(Vod with { IndependentSegments = false }, [Entry(1)]).Lines);
    }

    [Fact]
    public void A_day_is_rendered_without_garbage_per_entry()
    {
        var entries = Enumerable.Range(0, 14_400).Select(i => Entry(i + 1) with { MapUri = "init.mp4" }).ToArray();
        var output = new ArrayBufferWriter<byte>(4 << 20);
        MediaPlaylist.Render(output, Vod, entries);
        output.ResetWrittenCount();

        var before = GC.GetAllocatedBytesForCurrentThread();
        MediaPlaylist.Render(output, Vod, entries);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_384);
    }

    private static PlaylistEntry Entry(long id) => new(id, (id - 1) * 288_000, 288_000, 48000, 0, Noon + ((id - 1) * 6_000_000));

    private static ReadPlaylist Render(MediaPlaylistOptions options, ReadOnlySpan<PlaylistEntry> entries) =>
        ReadPlaylist.Parse(MediaPlaylist.Render(options, entries));

    private static void AssertTimes(ReadPlaylist read, ReadOnlySpan<PlaylistEntry> window)
    {
        Assert.Equal(window.Length, read.Segments.Count);
        DateTimeOffset? predicted = null;
        for (var i = 0; i < window.Length; i++)
        {
            var segment = read.Segments[i];
            Assert.Equal(window[i].Era, segment.Era);
            Assert.Equal(window[i].Id, segment.Number);
            Assert.Equal(window[i].MapUri, segment.Map);
            Assert.True(Math.Round(segment.Seconds, MidpointRounding.AwayFromZero) <= read.Target);
            Assert.True(segment.Wall is not null || (i > 0 && !segment.IsBroken), "no date-time at the start or after a break");
            predicted = segment.Wall ?? predicted;
            var trueTime = DateTimeOffset.UnixEpoch.AddMicroseconds(window[i].WallUs);
            Assert.InRange((trueTime - predicted!.Value).TotalMilliseconds, -21, 21);
            predicted += TimeSpan.FromSeconds((double)segment.Seconds);
        }
    }
}

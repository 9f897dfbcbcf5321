using AudioRelay.Media.Framing;
using AudioRelay.Streams.Capture.Matching;

namespace AudioRelay.Streams.Tests.Capture.Matching;

public sealed class BurstMatcherTests(ITestOutputHelper output)
{
    private const int Cuts = 1000;
    private const double FrameUs = 26_122;

    [Fact]
    public void On_the_real_captures_no_hole_longer_than_the_burst_is_ever_matched()
    {
        foreach (var capture in new[] { RealCaptures.Music, RealCaptures.Scanner })
        {
            var table = Real(capture);
            for (var i = 0; i < Cuts; i++)
            {
                table.Cut(holeUs: 4e6 + (i % 500 * 1e5), burstUs: 3.9e6);
            }

            output.WriteLine($"{capture.Name}: {table.False + table.Matched} of {table.Cuts} matched");
            Assert.Equal((0, 0), (table.False, table.Matched));
        }
    }

    [Theory]
    [InlineData("music", 0.99)]
    [InlineData("scanner", 0.85)]
    public void On_the_real_captures_a_hole_within_the_burst_is_nearly_always_matched(string which, double least)
    {
        var table = Real(which == "music" ? RealCaptures.Music : RealCaptures.Scanner);
        for (var i = 0; i < Cuts; i++)
        {
            table.Cut(holeUs: i % 40 * 1e5, burstUs: 8e6);
        }

        var share = table.Matched / (double)table.Cuts;
        output.WriteLine($"{which}: {share:P1} matched, {table.False} false");
        Assert.Equal(0, table.False);
        Assert.True(share >= least, $"{share:P1} < {least:P0}");
    }

    [Fact]
    public void Silence_is_never_taken_for_a_match()
    {
        var random = new Random(1);
        var programme = Programme.WithPauses(random, 20_000, silentShare: 0.7);
        var longer = new MatchTable(programme, FrameUs, random);
        var within = new MatchTable(programme, FrameUs, random);
        for (var i = 0; i < Cuts; i++)
        {
            longer.Cut(holeUs: 4e6 + (i % 500 * 1e5), burstUs: 3.9e6);
            within.Cut(holeUs: i % 30 * 1e5, burstUs: 6e6);
        }

        output.WriteLine($"70 % silence: {within.Matched / (double)Cuts:P1} matched where it can be");
        Assert.Equal((0, 0), (longer.False, longer.Matched));
        Assert.Equal(0, within.False);
    }

    [Fact]
    public void Nothing_but_silence_matches_nothing()
    {
        var random = new Random(2);
        var table = new MatchTable(new ulong[20_000], FrameUs, random);
        for (var i = 0; i < Cuts; i++)
        {
            table.Cut(holeUs: i % 60 * 1e5, burstUs: 4e6);
        }

        Assert.Equal((0, 0), (table.False, table.Matched));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(59)]
    [InlineData(75)]
    public void A_looped_fallback_is_never_taken_for_what_was_missed(int seconds)
    {
        var random = new Random(seconds);
        var loop = Programme.Music(random, (int)(seconds * 1e6 / FrameUs));
        var programme = new ulong[20_000];
        for (var i = 0; i < programme.Length; i++)
        {
            // The fallback comes in somewhere: before it, the programme.
            programme[i] = i < 2000 ? (ulong)random.NextInt64() : loop[i % loop.Length];
        }

        var table = new MatchTable(programme, FrameUs, random);
        for (var i = 0; i < Cuts; i++)
        {
            table.Cut(holeUs: 4e6 + (random.NextDouble() * 56e6), burstUs: 3.4e6);
        }

        Assert.Equal((0, 0), (table.False, table.Matched));
    }

    [Fact]
    public void An_intro_on_every_dial_is_dropped_where_the_burst_covers_the_hole_and_matches_nothing_where_not()
    {
        var random = new Random(3);
        var intro = Programme.Music(random, 300);
        var programme = Programme.Music(random, 20_000);
        var longer = new MatchTable(programme, FrameUs, random);
        var within = new MatchTable(programme, FrameUs, random);
        for (var i = 0; i < Cuts; i++)
        {
            longer.Cut(holeUs: 4e6 + (i % 500 * 1e5), burstUs: 3.4e6, intro, dialedWithPreroll: true);
            within.Cut(holeUs: i % 40 * 1e5, burstUs: 5e6, intro, dialedWithPreroll: true);
        }

        Assert.Equal((0, 0), (longer.False, longer.Matched));
        Assert.Equal(0, within.False);
        Assert.True(within.Matched >= 0.99 * Cuts);
    }

    [Fact]
    public void A_line_that_broke_inside_the_intro_is_not_continued_by_the_next_intro()
    {
        var random = new Random(4);
        for (var cut = 0; cut < Cuts; cut++)
        {
            var intro = Programme.Music(random, 300);
            var heard = random.Next(40, 300);
            var history = new FrameHistory(2300);
            for (var i = 0; i < heard; i++)
            {
                history.Add(intro[i], startsDial: i == 0);
            }

            // By the clock, the second intro begins after what was heard of the first, and some way off.
            var hole = random.Next(10, 200);
            ulong[] burst = [.. intro, .. Programme.Music(random, 150)];
            var match = BurstMatcher.Find(
                history,
                burst,
                Programme.Ends(burst.Length, FrameUs),
                clockOverlapUs: -(long)(hole * FrameUs),
                quiet: true
            );
            Assert.Equal(BurstMatchKind.None, match.Kind);

            // Not even when nothing has come yet beyond the place where the first one broke.
            match = BurstMatcher.Find(
                history,
                burst.AsSpan(0, heard),
                Programme.Ends(heard, FrameUs),
                clockOverlapUs: -(long)(hole * FrameUs),
                quiet: true
            );
            Assert.Equal(BurstMatchKind.None, match.Kind);
        }
    }

    [Fact]
    public void A_source_that_paused_is_continued_although_the_clock_went_on()
    {
        var random = new Random(5);
        var programme = Programme.Music(random, 3000);
        var history = new FrameHistory(2300);
        foreach (var hash in programme)
        {
            history.Add(hash, startsDial: false);
        }

        var burst = programme.AsSpan(programme.Length - 150);
        var overlap = (long)(150 * FrameUs) - 5_000_000;
        Assert.Equal(
            new BurstMatch(BurstMatchKind.Splice, 150, 150),
            BurstMatcher.Find(history, burst, Programme.Ends(burst.Length, FrameUs), overlap, quiet: true)
        );

        // Were it still sending, it would be a loop that has come round again.
        Assert.Equal(
            new BurstMatch(BurstMatchKind.Repeat, 150, 150),
            BurstMatcher.Find(history, burst, Programme.Ends(burst.Length, FrameUs), overlap, quiet: false)
        );

        // With something new behind it, it could as well be sent again: then only the repeat is dropped.
        ulong[] more = [.. burst, .. Programme.Music(random, 40)];
        Assert.Equal(
            new BurstMatch(BurstMatchKind.Repeat, 150, 150),
            BurstMatcher.Find(history, more, Programme.Ends(more.Length, FrameUs), overlap, quiet: true)
        );

        // The other way round, a burst that would lie before what it equals, is nothing.
        Assert.Equal(
            BurstMatchKind.None,
            BurstMatcher.Find(history, burst, Programme.Ends(burst.Length, FrameUs), (long)(150 * FrameUs) + 5_000_000, quiet: true).Kind
        );
    }

    [Fact]
    public void Of_several_alignments_the_one_nearest_the_clock_is_taken()
    {
        var random = new Random(6);
        var history = new FrameHistory(500);
        var programme = Programme.Music(random, 400);
        foreach (var hash in programme)
        {
            history.Add(hash, startsDial: false);
        }

        ulong[] burst = [.. programme[^20..], .. programme[^20..], .. Programme.Music(random, 10)];
        Assert.Equal(
            20,
            BurstMatcher.Find(history, burst, Programme.Ends(burst.Length, FrameUs), (long)(20 * FrameUs) + 100_000, quiet: false).Drop
        );
        Assert.Equal(
            40,
            BurstMatcher.Find(history, burst, Programme.Ends(burst.Length, FrameUs), (long)(40 * FrameUs) - 100_000, quiet: false).Drop
        );
    }

    private static MatchTable Real((string Name, int MetaInterval) capture)
    {
        var (format, frames) = RealCaptures.Frames(capture);
        var hashes = frames.Select(f => FrameHash.Of(f)).ToArray();
        return new MatchTable(hashes, format.SamplesPerFrame * 1e6 / format.SampleRate, new Random(capture.MetaInterval));
    }
}

using AudioRelay.Storage.Timeline;

namespace AudioRelay.Storage.Tests.Timeline;

public sealed class GapsTests
{
    private static UtcRange R(long from, long until) => new(from * 1_000_000, until * 1_000_000);

    private static Gap G(long from, long until, GapCause cause, string? detail = null) =>
        new(from * 1_000_000, until * 1_000_000, cause, detail);

    private static Explanation Trouble(GapCause cause, long from, long? until, string? detail = null) =>
        new(from * 1_000_000, until * 1_000_000, cause, detail, ExplanationRank.Trouble);

    private static Explanation End(GapCause cause, long at) => new(at * 1_000_000, null, cause, null, ExplanationRank.SectionEnd);

    [Fact]
    public void Full_coverage_leaves_no_gap() => Assert.Empty(Gaps.Find([R(10, 20)], [R(0, 15), R(15, 30)], []));

    [Fact]
    public void What_nothing_explains_was_not_running() => Assert.Equal([G(10, 20, GapCause.NotRunning)], Gaps.Find([R(10, 20)], [], []));

    [Fact]
    public void Time_outside_the_windows_is_no_gap() =>
        Assert.Equal(
            [G(18, 20, GapCause.NotRunning), G(30, 31, GapCause.NotRunning)],
            Gaps.Find([R(10, 20), R(30, 40)], [R(5, 18), R(31, 50)], [])
        );

    [Fact]
    public void The_end_of_the_section_before_explains_the_gap_after_it() =>
        Assert.Equal([G(15, 18, GapCause.Disconnected)], Gaps.Find([R(10, 20)], [R(10, 15), R(18, 20)], [End(GapCause.Disconnected, 15)]));

    [Fact]
    public void A_sections_end_does_not_explain_a_later_gap() =>
        Assert.Equal(
            [G(15, 16, GapCause.Disconnected), G(18, 20, GapCause.NotRunning)],
            Gaps.Find([R(10, 20)], [R(10, 15), R(16, 18)], [End(GapCause.Disconnected, 15)])
        );

    [Fact]
    public void A_trouble_outweighs_the_sections_end_and_the_gap_is_cut_where_the_cause_changes() =>
        Assert.Equal(
            [
                G(15, 16, GapCause.Disconnected),
                G(16, 18, GapCause.ConnectFailed, "refused"),
                G(18, 19, GapCause.HttpStatus, "404"),
                G(19, 20, GapCause.Disconnected),
            ],
            Gaps.Find(
                [R(10, 30)],
                [R(10, 15), R(20, 30)],
                [
                    End(GapCause.Disconnected, 15),
                    Trouble(GapCause.ConnectFailed, 16, 19, "refused"),
                    Trouble(GapCause.HttpStatus, 18, 19, "404"),
                ]
            )
        );

    [Fact]
    public void An_open_ended_trouble_lasts_until_sound_is_kept_again() =>
        Assert.Equal(
            [G(15, 20, GapCause.DiskFull), G(25, 30, GapCause.NotRunning)],
            Gaps.Find([R(10, 30)], [R(10, 15), R(20, 25)], [Trouble(GapCause.DiskFull, 14, null)])
        );

    [Fact]
    public void An_open_ended_trouble_that_sound_went_on_through_explains_nothing_later() =>
        Assert.Equal([G(25, 30, GapCause.NotRunning)], Gaps.Find([R(10, 30)], [R(10, 25)], [Trouble(GapCause.Silent, 12, null)]));

    [Fact]
    public void What_retention_removed_says_so_whatever_else_happened() =>
        Assert.Equal(
            [G(10, 18, GapCause.PurgedOnRecorder), G(18, 20, GapCause.Silent)],
            Gaps.Find(
                [R(10, 20)],
                [],
                [new Explanation(0, 18_000_000, GapCause.PurgedOnRecorder, null, ExplanationRank.Removal), Trouble(GapCause.Silent, 12, 20)]
            )
        );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Coverage_and_gaps_make_the_windows_exactly(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var windows = Ranges(random);
            var coverage = Ranges(random);
            var explanations = Ranges(random)
                .Select(r => new Explanation(
                    r.FromUs,
                    random.Next(3) == 0 ? null : r.UntilUs,
                    (GapCause)random.Next(1, 17),
                    random.Next(2) == 0 ? null : "detail",
                    (ExplanationRank)random.Next(3)
                ));
            var gaps = Gaps.Find(windows, coverage, explanations);

            var inside = Intervals.Union(windows).SelectMany(w => Intervals.Clip(coverage, w)).ToList();
            var holes = gaps.Select(g => new UtcRange(g.FromUs, g.UntilUs)).ToList();
            Assert.Equal(Intervals.TotalUs(Intervals.Union(windows)), Intervals.TotalUs(inside) + Intervals.TotalUs(holes));
            Assert.Equal(Intervals.Union(windows), Intervals.Union(inside.Concat(holes)));
            Assert.All(holes, h => Assert.False(h.IsEmpty));
            Assert.All(gaps, g => Assert.True(Enum.IsDefined(g.Cause)));
        }
    }

    private static List<UtcRange> Ranges(Random random) =>
        [
            .. Enumerable
                .Range(0, random.Next(9))
                .Select(_ =>
                {
                    var from = random.NextInt64(0, 60_000_000);
                    return new UtcRange(from, from + random.NextInt64(-5, 20_000_000));
                }),
        ];
}

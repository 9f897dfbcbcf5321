using AudioRelay.Storage;
using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Recorder.Demands;

namespace AudioRelay.Streams.Tests.Recorder.Demands;

public sealed class WindowCatchUpTests
{
    private static readonly DailyWindow[] NineToFive = [new(new(9, 0), new(17, 0))];
    private static readonly DailyWindow[] AllDay = [new(new(0, 0), new(0, 0))];

    [Fact]
    public void A_new_show_inside_its_window_begins_now()
    {
        Assert.Equal([new WindowOpened(At("20T12:00"))], WindowCatchUp.Plan(null, NineToFive, At("20T12:00")));
    }

    [Fact]
    public void A_new_show_outside_its_window_has_nothing_to_write()
    {
        Assert.Empty(WindowCatchUp.Plan(null, NineToFive, At("20T08:00")));
    }

    [Fact]
    public void A_restart_inside_the_same_window_leaves_it_open()
    {
        Assert.Empty(WindowCatchUp.Plan(new WindowInfo(At("20T09:00"), null), NineToFive, At("20T12:00")));
        Assert.Empty(WindowCatchUp.Plan(new WindowInfo(At("10T09:00"), null), AllDay, At("20T12:00")));
    }

    [Fact]
    public void A_window_that_ended_meanwhile_is_closed_where_it_ended()
    {
        Assert.Equal(
            [new WindowClosed(At("20T17:00"))],
            WindowCatchUp.Plan(new WindowInfo(At("20T09:00"), null), NineToFive, At("20T23:00"))
        );
    }

    [Fact]
    public void Windows_that_were_missed_are_written_afterwards()
    {
        Assert.Equal(
            [
                new WindowClosed(At("18T17:00")),
                new WindowOpened(At("19T09:00")),
                new WindowClosed(At("19T17:00")),
                new WindowOpened(At("20T09:00")),
            ],
            WindowCatchUp.Plan(new WindowInfo(At("18T09:00"), null), NineToFive, At("20T12:00"))
        );
    }

    [Fact]
    public void A_schedule_that_no_longer_wants_the_present_closes_the_window()
    {
        var entries = WindowCatchUp.Plan(new WindowInfo(At("20T18:00"), null), NineToFive, At("20T20:00"));
        Assert.Equal([new WindowClosed(At("20T18:00"))], entries);
    }

    [Fact]
    public void Exactly_at_the_end_the_window_is_closed_and_at_the_start_it_is_opened()
    {
        Assert.Equal(
            [new WindowClosed(At("20T17:00"))],
            WindowCatchUp.Plan(new WindowInfo(At("20T09:00"), null), NineToFive, At("20T17:00"))
        );
        Assert.Equal(
            [new WindowOpened(At("20T09:00"))],
            WindowCatchUp.Plan(new WindowInfo(At("19T09:00"), At("19T17:00")), NineToFive, At("20T09:00"))
        );
    }

    private static long At(string text) => (DateTimeOffset.Parse($"2026-11-{text}:00Z").UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
}

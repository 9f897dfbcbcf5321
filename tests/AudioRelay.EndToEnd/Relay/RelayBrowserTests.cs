using System.Text.Json;
using AudioRelay.EndToEnd.Playing;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Icecast;
using AudioRelay.TestKit.Tools;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>Icecast, recorder, receiver and Chromium, each a process of its own; what is heard is judged by its frequency.</summary>
public sealed class RelayBrowserTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private const int Before = 440;
    private const int After = 880;
    private const string Show = "tones";

    [Fact]
    public async Task Live_sound_is_heard_places_are_found_by_their_tone_and_it_outlives_the_receiver()
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(IcecastServer.IsInstalled, IcecastServer.Missing);
        Assert.SkipUnless(Ffmpeg.IsInstalled, Ffmpeg.Missing);
        await using var icecast = await IcecastServer.Start(new IcecastMount("/tones") { BurstBytes = 16_000 });
        await using var air = new AirMount(icecast, "/tones");
        var other = await MadeSound.Tone(300, After);
        await air.On(await MadeSound.Tone(300, Before));
        using var there = new TempConfig([new ShowLines(Show, air.Address, "opus")]);
        await using var recorder = await RecorderRun.Start(there);
        using var here = new TempReceiver(recorder.Address);
        var receiver = await ReceiverRun.Start(here);
        try
        {
            // Eight seconds of one tone, a gap, and the other one for as long as it takes.
            await receiver.Events.Reaches(Show, 8);
            await air.Off();
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, CancellationToken.None);
            await air.On(other);
            await receiver.Events.Until(async () => (await Sections(receiver)).Count == 2, "the second section");
            await receiver.Events.Reaches(Show, receiver.Events[Show]!.MaxId + 5);
            var sections = (await Sections(receiver)).OrderBy(StartMs).ToArray();
            var (firstEnd, secondStart) = (EndMs(sections[0]), StartMs(sections[1]));
            output.WriteLine(FormattableString.Invariant($"a gap of {(secondStart - firstEnd) / 1000.0:0.0} s"));
            Assert.InRange(secondStart - firstEnd, 2000, 600_000);

            var player = await HeardPage.Open(browser, new Uri(receiver.Address, $"/#/show/{Show}"));
            await player.Page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
            await IsLive(player);
            output.WriteLine($"live: {await player.Heard()}");

            // Before the gap, in it, and over its edge.
            await player.GoTo(Show, firstEnd - 6000);
            await player.Hears(Before);
            await player.GoTo(Show, firstEnd + ((secondStart - firstEnd) / 2));
            await player.Hears(After);
            await player.GoTo(Show, firstEnd - 2000);
            await player.Hears(Before);
            await player.Hears(After);
            output.WriteLine($"over the gap: {await player.Heard()}");

            await player.GoTo(Show, firstEnd - 6000);
            await player.Hears(Before);
            await player.GoLive(Show);
            await IsLive(player);

            // Killed in mid-play until the page notices; then nobody touches anything.
            var port = receiver.Address.Port;
            await receiver.Kill();
            await player.Page.Locator(".player__trouble").WaitForAsync();
            await receiver.DisposeAsync();
            receiver = await ReceiverRun.Start(here, port);
            var back = TimeProvider.System.GetTimestamp();
            await player.Page.Locator(".player__trouble").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
            await player.Hears(After);
            await player.PlaysOn(5);
            await player.Hears(After);
            output.WriteLine(
                FormattableString.Invariant(
                    $"five seconds of sound {TimeProvider.System.GetElapsedTime(back).TotalSeconds:0.0} s after the receiver answered again"
                )
            );
        }
        finally
        {
            await receiver.DisposeAsync();
        }
    }

    private static async Task IsLive(HeardPage player)
    {
        await player.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        await player.Page.GetByText("behind live").WaitForAsync();
        await player.Hears(After);
        await player.PlaysOn(3);
        await player.Hears(After);
    }

    private static async Task<IReadOnlyList<JsonElement>> Sections(ReceiverRun receiver) =>
        [.. (await receiver.Json($"/api/show/{Show}/sessions")).GetProperty("sessions").EnumerateArray()];

    private static long StartMs(JsonElement section) => section.GetProperty("timestamp_ms").GetInt64();

    private static long EndMs(JsonElement section) => StartMs(section) + section.GetProperty("duration_ms").GetInt64();
}

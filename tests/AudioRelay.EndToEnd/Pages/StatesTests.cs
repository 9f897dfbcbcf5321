using System.Text.Json;
using System.Text.RegularExpressions;
using AudioRelay.EndToEnd.Playing;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Streams.Receiver.Status;
using Microsoft.Playwright;

namespace AudioRelay.EndToEnd.Pages;

/// <summary>Every state that a show's sync can be in, in a browser: what it is, and what to do about it.</summary>
public sealed class StatesTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Dictionary<ShowSyncState, (string Says, string? ToDo)> Words = new()
    {
        [ShowSyncState.Starting] = ("Starting", null),
        [ShowSyncState.UpToDate] = ("Up to date", null),
        [ShowSyncState.Pulling] = ("Fetching · 25 % · 4.2 MB/s · 12 min left", null),
        [ShowSyncState.Queued] = ("Waiting for its turn", null),
        [ShowSyncState.RecorderAway] = ("The recorder is away", null),
        [ShowSyncState.NotOffered] = ("Not at the recorder", "compare the names in both configurations"),
        [ShowSyncState.TokenRefused] = ("The recorder refuses our token", "name its profile in remote_token_profile"),
        [ShowSyncState.NotARecorder] = ("What answers there is not a recorder", "Correct the recorder’s address (remote_url)"),
        [ShowSyncState.SourceReplaced] = (
            "The recorder began a new store",
            "audiorelay replace-source -c receiver.toml --show source_replaced"
        ),
        [ShowSyncState.FormatChanged] = ("The format changed at the recorder", "Record it under a new name there"),
        [ShowSyncState.BadData] = ("What arrived was damaged", "fetched again by itself"),
        [ShowSyncState.Fenced] = ("Another receiver has taken over", "stop one"),
        [ShowSyncState.DiskFull] = ("The disk is full", "Make room, or set retention_hours"),
        [ShowSyncState.StoreFault] = ("The database cannot be written", "Check that the database runs"),
    };

    [Theory]
    [InlineData("light", "desktop", 1280)]
    [InlineData("dark", "desktop", 1280)]
    [InlineData("light", "phone", 390)]
    [InlineData("dark", "phone", 390)]
    public async Task Each_state_is_said_in_words_with_what_to_do(string theme, string size, int width)
    {
        Assert.SkipUnless(Browser.IsInstalled, Browser.Missing);
        Assert.SkipUnless(Axe.IsInstalled, Axe.Missing);
        using var file = new ShowFile().Open(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 3_600_000).Add(3, 96_000).Close();
        var states = Enum.GetValues<ShowSyncState>();
        await using var server = await ReceiverServer.Start(
            [.. states.Select(state => ReceivedFile.Of(file, Name(state)))],
            TimeProvider.System
        );
        var nowUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        server.Board.Post(new RemoteStatus("studio", "http://studio:17000/", Online: true, nowUs, Detail: null, Pushes: true));
        foreach (var state in states)
        {
            server.Board.Post(Standing(state, nowUs));
        }

        var page = await OddPages.Open(browser, server.Client.BaseAddress!.AbsoluteUri, theme, width);
        await page.GetByText("shows need attention.").WaitForAsync();
        foreach (var state in states)
        {
            var card = page.Locator(".show")
                .Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = Name(state), Exact = true }) });
            var text = Regex.Replace(await card.InnerTextAsync(), @"\s+", " ");
            var (says, toDo) = Words[state];
            Assert.Contains(says, text, StringComparison.Ordinal);
            Assert.Contains(toDo ?? "", text, StringComparison.Ordinal);
        }

        await OddPages.IsInOrder(page, $"states-{size}-{theme}", fullPage: true);
        await page.CloseAsync();
    }

    private static string Name(ShowSyncState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    private static ShowSyncStatus Standing(ShowSyncState state, long nowUs) =>
        new()
        {
            Show = Name(state),
            Remote = "studio",
            State = state,
            SinceUs = nowUs - 60_000_000,
            Detail = state == ShowSyncState.DiskFull ? "/var/lib/audiorelay has 0 bytes left." : null,
            ReadId = 250,
            SourceMaxId = state == ShowSyncState.Pulling ? 1000 : 250,
            CatchUpTotal = state == ShowSyncState.Pulling ? 1000 : 0,
            BytesPerSecond = 4_200_000,
            TimeLeft = TimeSpan.FromMinutes(12),
            LastCommitUs = nowUs,
            LastDelay = TimeSpan.FromMilliseconds(310),
            Verified = true,
        };
}

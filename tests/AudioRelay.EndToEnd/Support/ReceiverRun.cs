using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A running <c>audiorelay receiver</c>: from the moment it answers until it is stopped or killed.</summary>
internal sealed partial class ReceiverRun : IAsyncDisposable
{
    private ReceiverRun(AudioRelayProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
        Events = new CommitWatch(Http, "/api/events");
    }

    public AudioRelayProcess Process { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>How far each show reaches here and how the sync stands, pushed by the receiver.</summary>
    public CommitWatch Events { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="port">Where it answers; 0 for any.</param>
    public static async Task<ReceiverRun> Start(TempReceiver config, int port = 0)
    {
        string[] arguments = ["receiver", "-c", config.File, "-p", port.ToString(CultureInfo.InvariantCulture)];
        var process = AudioRelayProcess.Start(config.Home, arguments, config.Environment);
        try
        {
            var address = await process.Line(Listening());
            return new ReceiverRun(process, new Uri(address.Groups[1].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls once, to its end.</summary>
    public static Task<(int ExitCode, string Said, IReadOnlyList<string> Errors)> SyncOnly(TempReceiver config) =>
        AudioRelayProcess.Run(config.Home, ["receiver", "-c", config.File, "--sync-only"], config.Environment);

    /// <summary>An answer's JSON.</summary>
    public async Task<JsonElement> Json(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    /// <summary>The state of a show's sync as it was pushed last; null when it has not been heard of.</summary>
    public string? State(string show) => Sync(show)?.GetProperty("state").GetString();

    /// <summary>How a show's sync stands as it was pushed last; null when it has not been heard of.</summary>
    public JsonElement? Sync(string show) =>
        Events.Sync is { } sync
        && sync.GetProperty("shows").EnumerateArray().Where(s => s.GetProperty("show").GetString() == show).ToArray() is [var found]
            ? found
            : null;

    /// <summary>Waits until the show's sync is in a state.</summary>
    public Task Becomes(string show, string state) => Events.Until(() => State(show) == state, $"{show} to be {state}");

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        var code = await Process.Terminate();
        await Events.DisposeAsync();
        return code;
    }

    /// <summary>Kills it (SIGKILL), as a power switch would.</summary>
    public async Task Kill()
    {
        await Process.Kill();
        await Events.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Events.DisposeAsync();
        Http.Dispose();
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A running <c>audiorelay record</c>: from the moment it answers until it is stopped or killed.</summary>
internal sealed partial class RecorderRun : IAsyncDisposable
{
    private RecorderRun(AudioRelayProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
        Commits = new CommitWatch(Http);
    }

    public AudioRelayProcess Process { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>How far each show reaches, from the recorder's own events.</summary>
    public CommitWatch Commits { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="config">What it records.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    /// <param name="port">Where it answers; 0 for any.</param>
    public static async Task<RecorderRun> Start(TempConfig config, IReadOnlyDictionary<string, string>? environment = null, int port = 0)
    {
        var process = AudioRelayProcess.Start(config.Home, ["record", "-c", config.File, "-p", $"{port}"], environment);
        try
        {
            var address = await process.Line(Listening());
            return new RecorderRun(process, new Uri(address.Groups[1].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>An answer's JSON.</summary>
    public async Task<JsonElement> Json(string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        return document.RootElement.Clone();
    }

    /// <summary>What is known about a show from the beginning until now.</summary>
    public Task<JsonElement> Timeline(string show)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return Json($"/api/show/{show}/timeline?from_ms={now - 3_600_000}&to_ms={now}");
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Stop()
    {
        var code = await Process.Terminate();
        await Commits.Ended;
        await Commits.DisposeAsync();
        return code;
    }

    /// <summary>Kills it (SIGKILL), as a power switch would.</summary>
    public async Task Kill()
    {
        await Process.Kill();
        await Commits.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Commits.DisposeAsync();
        Http.Dispose();
    }

    [GeneratedRegex("^Listening on (http\\S+)")]
    private static partial Regex Listening();
}

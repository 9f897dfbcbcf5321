using System.Text.RegularExpressions;

namespace AudioRelay.EndToEnd.Support;

/// <summary>A running <c>audiorelay inspect</c>.</summary>
internal sealed partial class InspectRun : IAsyncDisposable
{
    private InspectRun(AudioRelayProcess process, Uri address)
    {
        Process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public AudioRelayProcess Process { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>Starts it on any port and waits until it answers.</summary>
    public static async Task<InspectRun> Start(string home, string database, params IEnumerable<string> options)
    {
        var process = AudioRelayProcess.Start(home, ["inspect", database, "-p", "0", .. options]);
        try
        {
            return new InspectRun(process, new Uri((await process.Line(Listening())).Groups[1].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Http.Dispose();
    }

    [GeneratedRegex("listen at (http\\S+)")]
    private static partial Regex Listening();
}

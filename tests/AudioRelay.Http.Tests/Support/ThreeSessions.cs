namespace AudioRelay.Http.Tests.Support;

/// <summary>A file of three ended sections of ten seconds in segments of two, an hour apart, and a server of it; for tests that only read.</summary>
public sealed class ThreeSessions : IAsyncLifetime
{
    public const long StartMs = 1_700_000_000_000;

    public ShowFile File { get; } = new();

    public PlaybackServer Inspect { get; private set; } = null!;

    public PlaybackServer Record { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        for (var hour = 0; hour < 3; hour++)
        {
            File.Open(StartMs + (hour * 3_600_000L)).Add(5, 96_000).Close();
        }

        Inspect = await PlaybackServer.Inspect(File);
        Record = await PlaybackServer.Record(File);
    }

    public async ValueTask DisposeAsync()
    {
        await Inspect.DisposeAsync();
        await Record.DisposeAsync();
        File.Dispose();
    }
}

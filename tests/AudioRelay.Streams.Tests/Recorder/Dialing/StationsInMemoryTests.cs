using AudioRelay.Streams.Recorder.Dialing;
using AudioRelay.TestKit.Stations;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Recorder.Dialing;

public sealed class StationsInMemoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.0 200 OK")]
    [InlineData("ICY 200 OK")]
    public async Task A_station_without_sockets_is_dialled_like_any_other(string statusLine)
    {
        var time = new ManualTime();
        using var air = new MemoryAir(time);
        air.Add(
            "radio",
            new StationScript
            {
                StatusLine = statusLine,
                MetaInterval = 1000,
                BurstBytes = 5000,
            },
            TimeSpan.FromMinutes(1)
        );
        using var dialer = new StationDialer(time, "AudioRelay/test", (host, _) => ValueTask.FromResult(air.Connect(host.Host)));

        var dialled = air.NextDial();
        var answering = dialer.Dial(new Uri("http://radio/"), Token);
        await dialled.Guarded("the dial");
        var listening = Listen(answering);
        await air.RunFor(TimeSpan.FromSeconds(60));
        air.Dispose();
        var (answer, bytes) = await listening.Guarded("the listener");

        Assert.Equal(1000, answer.MetaInterval);
        Assert.Equal(StationContent.Mp3, answer.Content);
        // Sound, a block of one byte for each thousand, and the first block's empty title.
        Assert.Equal((5000 + (60 * 16_000)) * 1.001, bytes, 2000.0);
    }

    private static async Task<(StationAnswer Answer, long Bytes)> Listen(Task<StationAnswer> answering)
    {
        await using var answer = await answering;
        var buffer = new byte[4096];
        var bytes = 0L;
        try
        {
            while (await answer.Body.ReadAsync(buffer, Token) is > 0 and var count)
            {
                bytes += count;
            }
        }
        catch (IOException)
        {
            // The air was closed: the test has heard enough.
        }

        return (answer, bytes);
    }
}

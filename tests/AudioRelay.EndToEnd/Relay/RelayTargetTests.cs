using System.Globalization;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Relay;

/// <summary>How long segments are to be is configured at the recorder, and a receiver's lists promise that, not what is usual.</summary>
public sealed class RelayTargetTests
{
    private const string Show = "news";
    private const string Tag = "#EXT-X-TARGETDURATION:";

    [Fact]
    public async Task Lists_promise_the_recorders_split_interval_and_the_next_recording_another_one_when_it_was_changed()
    {
        await using var station = new SocketStation(new StationScript(), TimeProvider.System);
        using var there = new TempConfig([new ShowLines(Show, station.Address, "copy", Split: 2)]);
        var recorder = await RecorderRun.Start(there);
        try
        {
            using var here = new TempReceiver(recorder.Address);
            await using var receiver = await ReceiverRun.Start(here);
            await receiver.Events.Reaches(Show, 1);
            var first = await Newest(receiver);
            Assert.Equal(2, await Target(receiver, $"section_id={first}"));
            Assert.Equal(2, await Target(receiver, "live=1"));

            // Longer pieces, so that the old ones cannot be what is promised.
            await recorder.Stop();
            there.Write([new ShowLines(Show, station.Address, "copy", Split: 3)]);
            var port = recorder.Address.Port;
            await recorder.DisposeAsync();
            recorder = await RecorderRun.Start(there, port: port);
            await receiver.Events.Until(async () => await Newest(receiver) != first, "the next recording");
            Assert.Equal(3, await Target(receiver, $"section_id={await Newest(receiver)}"));
            Assert.Equal(3, await Target(receiver, "live=1"));
            Assert.Equal(2, await Target(receiver, $"section_id={first}"));
        }
        finally
        {
            await recorder.DisposeAsync();
        }
    }

    private static async Task<long> Newest(ReceiverRun receiver) =>
        (await receiver.Json($"/api/show/{Show}/sessions?sort_desc=true")).GetProperty("sessions")[0].GetProperty("section_id").GetInt64();

    private static async Task<int> Target(ReceiverRun receiver, string query)
    {
        var text = await receiver.Http.GetStringAsync(new Uri($"/api/show/{Show}/playlist.m3u8?{query}", UriKind.Relative));
        var line = text.Split('\n').Single(line => line.StartsWith(Tag, StringComparison.Ordinal));
        return int.Parse(line[Tag.Length..], CultureInfo.InvariantCulture);
    }
}

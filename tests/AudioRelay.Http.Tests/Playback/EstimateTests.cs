using System.Net;
using System.Text.Json;
using AudioRelay.Http.Tests.Support;
using AudioRelay.Storage;
using AudioRelay.Storage.Journal;

namespace AudioRelay.Http.Tests.Playback;

public sealed class EstimateTests(ThreeSessions three) : IClassFixture<ThreeSessions>
{
    private const long Start = ThreeSessions.StartMs;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1999, 1)]
    [InlineData(2000, 2)]
    [InlineData(5000, 3)]
    [InlineData(9999, 5)]
    [InlineData(10_000, 5)]
    public async Task A_time_is_answered_with_the_segment_that_holds_it(long into, long segment)
    {
        var server = three.Inspect;
        var (status, json) = await server.Json($"/api/session/{Start * 1000}/estimate_segment?timestamp_ms={Start + into}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(segment, json.GetProperty("estimated_segment_id").GetInt64());
        Assert.Equal(Start + into, json.GetProperty("timestamp_ms").GetInt64());
        Assert.Equal(Start * 1000, json.GetProperty("section_id").GetInt64());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task Outside_is_400_with_both_bounds(long into)
    {
        var server = three.Inspect;
        var (status, json) = await server.Json($"/api/session/{Start * 1000}/estimate_segment?timestamp_ms={Start + into}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(Start, json.GetProperty("section_start_ms").GetInt64());
        Assert.Equal(Start + 10_000, json.GetProperty("section_end_ms").GetInt64());
        Assert.Equal(JsonValueKind.String, json.GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task An_unknown_section_is_404_with_nulls_and_an_empty_one_with_its_start()
    {
        using var file = new ShowFile().Open(Start + 100_000);
        await using var server = await PlaybackServer.Inspect(file);
        var (unknown, nulls) = await server.Json("/api/session/42/estimate_segment?timestamp_ms=1");
        Assert.Equal(HttpStatusCode.NotFound, unknown);
        Assert.Equal(JsonValueKind.Null, nulls.GetProperty("section_start_ms").ValueKind);
        Assert.Equal(JsonValueKind.Null, nulls.GetProperty("section_end_ms").ValueKind);

        var (empty, json) = await server.Json($"/api/session/{file.SectionId}/estimate_segment?timestamp_ms=1");
        Assert.Equal(HttpStatusCode.NotFound, empty);
        Assert.Equal(Start + 100_000, json.GetProperty("section_start_ms").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("section_end_ms").ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?timestamp_ms=soon")]
    public async Task Without_a_time_it_is_400(string query)
    {
        var server = three.Inspect;
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Json($"/api/session/{Start * 1000}/estimate_segment{query}")).Status);
    }

    [Fact]
    public async Task Across_a_jump_of_the_wall_clock_the_real_times_count()
    {
        // Five seconds, then the wall clock stands a minute later.
        using var file = new ShowFile().Open(Start + 100_000).Add(5, 48_000);
        var section = file.SectionId;
        file.Journal(Start, new AnchorSet(section, 240_000, (Start + 165_000) * 1000, AnchorCause.Jump)).Add(5, 48_000);
        await using var server = await PlaybackServer.Inspect(file);
        async Task<long> At(long ms) =>
            (await server.Json($"/api/session/{section}/estimate_segment?timestamp_ms={Start + ms}"))
                .Json.GetProperty("estimated_segment_id")
                .GetInt64();
        Assert.Equal(5, await At(104_500));
        Assert.Equal(6, await At(165_000));
        Assert.Equal(8, await At(167_500));
        Assert.Equal(6, await At(130_000));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AudioRelay.EndToEnd.Support;
using AudioRelay.TestKit.Stations;

namespace AudioRelay.EndToEnd.Errors;

public sealed class HttpErrorsTests
{
    [Fact]
    public async Task What_cannot_be_answered_is_told_as_problem_json()
    {
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var config = new TempConfig([new ShowLines("show", station.Address, "copy")]);
        await using var recorder = await RecorderRun.Start(config);
        await recorder.Commits.Reaches("show", 2);

        foreach (var prefix in (string[])["", "/api"])
        {
            await Problem(recorder, $"{prefix}/show/nothing/sessions", HttpStatusCode.NotFound);
            await Problem(recorder, $"{prefix}/show/nothing/playlist.m3u8", HttpStatusCode.NotFound);
            await Problem(recorder, $"{prefix}/show/show/mp3-segment/999999.mp3", HttpStatusCode.NotFound);
            await Problem(recorder, $"{prefix}/show/show/mp3-segment/one.mp3", HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
            await Problem(recorder, $"{prefix}/show/show/session/12345/latest", HttpStatusCode.NotFound);
            await Problem(recorder, $"{prefix}/show/show/playlist.m3u8?start_id=x", HttpStatusCode.BadRequest);
            await Problem(recorder, $"{prefix}/show/show/playlist.m3u8?start_id=9&end_id=3", HttpStatusCode.BadRequest);
            await Problem(recorder, $"{prefix}/show/show/playlist.m3u8?from_ms=0&to_ms=900000000", HttpStatusCode.UnprocessableEntity);
            await Problem(recorder, $"{prefix}/show/show/timeline?from_ms=5&to_ms=1", HttpStatusCode.BadRequest);
        }

        await Problem(recorder, "/api/sync/shows/nothing/metadata", HttpStatusCode.NotFound);
        await Problem(recorder, "/api/sync/shows/nothing/segments?start_id=1&end_id=2", HttpStatusCode.NotFound);
        await Problem(recorder, "/api/sync/shows/show/segments", HttpStatusCode.BadRequest);
        await Problem(recorder, "/api/sync/shows/show/segments?start_id=one&end_id=2", HttpStatusCode.BadRequest);

        using var document = JsonDocument.Parse(
            await recorder.Http.GetStringAsync(new Uri("/api/show/show/sessions", UriKind.Relative), TestContext.Current.CancellationToken)
        );
        var session = document.RootElement.GetProperty("sessions")[0].GetProperty("section_id").GetInt64();
        var outside = await Problem(
            recorder,
            $"/api/show/show/session/{session}/estimate_segment?timestamp_ms=1",
            HttpStatusCode.BadRequest
        );
        Assert.True(outside.TryGetProperty("section_start_ms", out _), outside.ToString());
        Assert.True(outside.TryGetProperty("section_end_ms", out _), outside.ToString());
    }

    [Fact]
    public async Task Byte_ranges_are_done_right()
    {
        await using var station = new SocketStation(
            new StationScript { BurstBytes = 65_536 },
            TimeProvider.System,
            TimeSpan.FromSeconds(10)
        );
        using var config = new TempConfig([new ShowLines("show", station.Address, "copy")]);
        await using var recorder = await RecorderRun.Start(config);
        await recorder.Commits.Reaches("show", 1);
        const string path = "/show/show/mp3-segment/1.mp3";
        var whole = await recorder.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        await Range("bytes=10-19", HttpStatusCode.PartialContent, whole[10..20]);
        await Range("bytes=-5", HttpStatusCode.PartialContent, whole[^5..]);
        await Range($"bytes={whole.Length - 3}-", HttpStatusCode.PartialContent, whole[^3..]);
        await Range("bytes=10-5", HttpStatusCode.OK, whole); // not a range at all: RFC 9110 has it ignored
        await Range($"bytes={whole.Length}-", HttpStatusCode.RequestedRangeNotSatisfiable, null);

        async Task Range(string range, HttpStatusCode status, byte[]? bytes)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Range", range);
            using var response = await recorder.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == status, $"{range}: {(int)response.StatusCode}");
            if (bytes is not null)
            {
                Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    private static async Task<JsonElement> Problem(RecorderRun recorder, string path, params HttpStatusCode[] allowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        using var response = await recorder.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(allowed.Contains(response.StatusCode), $"{path}: {(int)response.StatusCode} {text}");
        Assert.True(
            response.Content.Headers.ContentType?.MediaType == "application/problem+json",
            $"{path}: {response.Content.Headers.ContentType} {text}"
        );
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.True(
            problem.TryGetProperty("error", out var error) && error.GetString() is { Length: > 0 },
            $"{path} has no error field: {text}"
        );
        return problem;
    }
}

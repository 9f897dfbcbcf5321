using System.Globalization;
using System.Security.Cryptography;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.Streams.Tests.Sync.Wire;
using AudioRelay.TestKit.Net;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>What a recorder answers in these tests.</summary>
internal static class Answers
{
    public const string Metadata =
        """{"unique_id":"db_1","name":"news","audio_format":"opus","bitrate":"16","sample_rate":"48000","version":"4","is_recipient":false,"min_id":1,"max_id":20,"journal_seq":7}""";

    public static RecorderClient Client(WebStand stand, string? token = null, TimeProvider? time = null, string below = "") =>
        new(new RecorderClientOptions(new Uri(stand.Address, below)) { Token = token }, time ?? TimeProvider.System);

    public static WebAnswer Segments(WireVersion version, params WireSegment[] segments) =>
        WebAnswer.Bytes(
            Wire(version, segments),
            version == WireVersion.Two ? "application/x-segment-stream; version=2" : "application/x-segment-stream"
        );

    /// <summary>With the headers by which an answer of version 2 is known to be whole and to the point.</summary>
    public static WebAnswer Sealed(WebRequest request, WebAnswer answer)
    {
        var show = Uri.UnescapeDataString(request.Path.Split('/')[4]);
        var question = request.Path.EndsWith("/journal", StringComparison.Ordinal)
            ? AnswerSeal.Journal(show, long.Parse(request.Query("after")!, CultureInfo.InvariantCulture))
            : AnswerSeal.Segments(
                show,
                long.Parse(request.Query("start_id")!, CultureInfo.InvariantCulture),
                long.Parse(request.Query("end_id")!, CultureInfo.InvariantCulture)
            );
        return answer with
        {
            Headers = [$"{AnswerSeal.DigestHeader}: {AnswerSeal.Digest(answer.Body)}", $"{AnswerSeal.QuestionHeader}: {question}"],
        };
    }

    public static byte[] Wire(WireVersion version, params WireSegment[] segments) => Batches.Write(version, segments);

    public static WireSegment Segment(long id, int length = 100)
    {
        var data = new byte[length];
        data.AsSpan().Fill((byte)id);
        return new WireSegment(id, 1000 * id, id == 1, 42, 960, data, SHA256.HashData(data));
    }

    public static async Task<RecorderException> Fault(RecorderFault fault, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<RecorderException>(action);
        Assert.True(fault == error.Fault, $"{error.Fault}: {error.Message}");
        return error;
    }
}

using System.Text;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.TestKit.Net;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>Answers that come whole and cannot be right: nothing of them is accepted.</summary>
public sealed class RecorderClientBelievesNothingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_longer_than_their_bound_are_refused_by_promise_and_by_deed()
    {
        WebAnswer? answer = null;
        await using var stand = new WebStand(_ => answer!);
        using var client = Answers.Client(stand);

        answer = WebAnswer.Json("{}") with { Promises = 1L << 40 };
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SectionsAsync("news", Token));

        var sent = 0L;
        answer = WebAnswer.Json("[") with
        {
            Then = async (socket, stop) =>
            {
                var spaces = new byte[64 * 1024];
                Array.Fill(spaces, (byte)' ');
                while (true)
                {
                    sent += await socket.SendAsync(spaces, stop);
                }
            },
        };
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SectionsAsync("news", Token));
        Assert.InRange(sent, 1, 64 * 1024 * 1024); // its bound is 8 MB, and sockets hold some
    }

    [Fact]
    public async Task Version_two_keeps_to_the_bytes_that_were_asked_for_and_one_segment_comes_in_any_case()
    {
        WebAnswer? answer = null;
        var seals = true;
        await using var stand = new WebStand(r => seals ? Answers.Sealed(r, answer!) : answer!);
        using var client = Answers.Client(stand);
        answer = Answers.Segments(WireVersion.Two, Answers.Segment(1, 20_000));
        using (var one = await client.SegmentsAsync("news", 1, 9, 9, 1000, Token))
        {
            Assert.Single(one.Segments);
        }

        answer = Answers.Segments(WireVersion.Two, Answers.Segment(1, 10_000), Answers.Segment(2, 10_000));
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 9, 9, 1000, Token));
        answer = Answers.Segments(WireVersion.One, Answers.Segment(1, 10_000), Answers.Segment(2, 10_000));
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 9, 9, 1000, Token)); // ours, in the wrong version
        seals = false;
        using var old = await client.SegmentsAsync("news", 1, 9, 9, 1000, Token);
        Assert.Equal(2, old.Segments.Count);
    }

    [Theory]
    [InlineData(1, 2, 1)] // back
    [InlineData(1, 3, 3)] // twice
    [InlineData(2, 1, 2)] // before the range
    [InlineData(1, 2, 10)] // behind it
    public async Task Ids_are_of_the_range_and_grow(long from, long first, long second)
    {
        await using var stand = new WebStand(r =>
            Answers.Sealed(r, Answers.Segments(WireVersion.Two, Answers.Segment(first), Answers.Segment(second)))
        );
        using var client = Answers.Client(stand);
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", from, 9, 9, 1000, Token));
    }

    [Theory]
    [InlineData("""half \ud83d""", "half \\ud83d")]
    [InlineData("not \u00ffUTF-8", "not \ufffdUTF-8")]
    public async Task A_show_whose_name_is_no_text_does_not_keep_the_others_away(string written, string name)
    {
        // In Latin-1, where U+00FF is the byte FF, which no UTF-8 has.
        var list = Encoding.Latin1.GetBytes(
            $$"""{"shows":[{"name":"{{written}}","min_id":1,"max_id":2},{"name":"fine","min_id":1,"max_id":3}]}"""
        );
        await using var stand = new WebStand(r =>
            r.Path == "/api/mode" ? WebAnswer.Json("""{"mode":"record"}""") : WebAnswer.Bytes(list, "application/json")
        );
        using var client = Answers.Client(stand);
        Assert.Equal([name, "fine"], (await client.ShowsAsync(Token)).Select(show => show.Name));
    }

    [Fact]
    public async Task A_segment_that_is_not_what_was_recorded_is_not_accepted()
    {
        var wrong = Answers.Segment(2) with { Sha256 = Answers.Segment(3).Sha256 }; // with a good CRC
        await using var stand = new WebStand(r => Answers.Sealed(r, Answers.Segments(WireVersion.Two, Answers.Segment(1), wrong)));
        using var client = Answers.Client(stand);
        var error = await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 9, 9, 1000, Token));
        Assert.Contains("segment 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"unique_id":"u","entries":[{"seq":1,"at_us":1,"kind":"title","body":{"section":1}}]}""")]
    [InlineData("""{"unique_id":"u","entries":[{"seq":1,"at_us":1,"kind":"title","body":[]}]}""")]
    [InlineData("""{"unique_id":"u","entries":[{"seq":1,"at_us":1,"kind":"section_opened","body":{"rate":1e99}}]}""")]
    [InlineData("""{"unique_id":"u","entries":[{"seq":2,"at_us":1,"kind":"x","body":{}},{"seq":2,"at_us":1,"kind":"x","body":{}}]}""")]
    [InlineData("""{"unique_id":"\ud800","entries":[]}""")]
    [InlineData("""{"unique_id":"u"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_journal_that_cannot_be_read_is_a_bad_answer(string json)
    {
        await using var stand = new WebStand(r => Answers.Sealed(r, WebAnswer.Json(json)));
        using var client = Answers.Client(stand);
        await Answers.Fault(RecorderFault.BadAnswer, () => client.JournalAsync("news", 0, Token));
    }

    [Fact]
    public async Task A_good_answer_to_another_question_and_a_changed_one_are_not_accepted()
    {
        const string journal =
            """{"unique_id":"u","entries":[{"seq":9,"at_us":1,"kind":"title","body":{"section":1,"sample":0,"text":"a"}}]}""";
        Func<WebAnswer, WebAnswer> spoil = answer =>
            answer with
            {
                Headers =
                [
                    .. answer.Headers.Select(h =>
                        h.Replace("after 1", "after 5", StringComparison.Ordinal).Replace("1-9", "2-9", StringComparison.Ordinal)
                    ),
                ],
            };
        await using var stand = new WebStand(r =>
            spoil(
                Answers.Sealed(
                    r,
                    r.Path.EndsWith("/journal", StringComparison.Ordinal)
                        ? WebAnswer.Json(journal)
                        : Answers.Segments(WireVersion.Two, Answers.Segment(2))
                )
            )
        );
        using var client = Answers.Client(stand);
        await Answers.Fault(RecorderFault.BadAnswer, () => client.JournalAsync("news", 1, Token));
        await Answers.Fault(RecorderFault.BadAnswer, () => client.SegmentsAsync("news", 1, 9, 9, 1000, Token));
        spoil = answer => answer with { Body = Encoding.UTF8.GetBytes(journal.Replace("\"a\"", "\"c\"", StringComparison.Ordinal)) };
        await Answers.Fault(RecorderFault.BadAnswer, () => client.JournalAsync("news", 1, Token));
        spoil = answer => answer with { Headers = [.. answer.Headers.Skip(1)] };
        await Answers.Fault(RecorderFault.BadAnswer, () => client.JournalAsync("news", 1, Token));
        spoil = answer => answer;
        Assert.Single((await client.JournalAsync("news", 1, Token))!.Entries);
    }

    [Theory]
    [InlineData("data: {\"show\":1}\n\n")]
    [InlineData("data: nothing\n\n")]
    [InlineData(null)]
    public async Task An_event_that_cannot_be_read_or_does_not_end_is_a_bad_answer(string? body)
    {
        var bytes = body is null ? new byte[200_000] : Encoding.UTF8.GetBytes(body);
        await using var stand = new WebStand(_ => WebAnswer.Bytes(bytes, "text/event-stream"));
        using var client = Answers.Client(stand);
        await using var events = client.EventsAsync(Token).GetAsyncEnumerator(Token);
        await Answers.Fault(RecorderFault.BadAnswer, () => events.MoveNextAsync().AsTask());
    }
}

using System.Text;
using AudioRelay.Streams.Sync.Client;
using AudioRelay.Streams.Sync.Wire;
using AudioRelay.TestKit.Fuzzing;
using AudioRelay.TestKit.Net;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Streams.Tests.Sync.Client;

/// <summary>Damaged answers of every kind, whole HTTP answers among them: they are refused with a reason, or are still good ones.</summary>
public sealed class RecorderClientFuzzTests
{
    private const string Journal =
        """{"unique_id":"u","entries":[{"seq":1,"at_us":1,"kind":"section_opened","body":{"section":1,"codec":"opus","rate":48000,"channels":1,"encoder_delay":312,"frame_samples":960}},{"seq":2,"at_us":2,"kind":"title","body":{"section":1,"sample":2,"text":"T\u00ebst \ud83d\ude00"}},{"seq":3,"at_us":3,"kind":"trouble","body":{"cause":"unknown","from_us":1}}]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_damaged_answers_end_in_a_fault_or_a_good_answer_and_little_memory()
    {
        WebAnswer answer = WebAnswer.Json("");
        await using var stand = new WebStand(_ => answer);
        using var client = Answers.Client(stand);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (good, bad) = (0, 0);
        foreach (var seed in FuzzRun.Seeds())
        {
            var chance = new Random(seed);
            var kind = chance.Next(Kinds.Length);
            answer = Damaged(Kinds[kind], new Mutator(chance, [.. Kinds.Select(k => k.Body)]), chance);
            try
            {
                await Ask(client, kind).Guarded($"the answer of fuzz case {seed}");
                good++;
            }
            catch (RecorderException error)
            {
                Assert.True(error.Message.Length < 1000, error.Message);
                bad++;
            }
            catch (NotSupportedException) when (kind == 7)
            {
                bad++; // a damaged status line may say 404, which means that it does not push
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Fuzz case {seed} (AUDIORELAY_FUZZ_SEED={seed} AUDIORELAY_FUZZ=1): {error.Message}",
                    error
                );
            }
        }

        var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024;
        TestContext.Current.TestOutputHelper!.WriteLine($"{bad} refused, {good} still good, {kept} MB kept");
        Assert.InRange(kept, -1000, 100);
        Assert.True(bad > good, $"{bad} refused and {good} not: the damage does too little");
    }

    private static readonly (byte[] Body, string Type)[] Kinds =
    [
        (
            Answers.Wire(WireVersion.Two, Answers.Segment(1), Answers.Segment(2), Answers.Segment(3)),
            "application/x-segment-stream; version=2"
        ),
        (Answers.Wire(WireVersion.One, Answers.Segment(1), Answers.Segment(2), Answers.Segment(3)), "application/x-segment-stream"),
        (Encoding.UTF8.GetBytes(Journal), "application/json"),
        (Encoding.UTF8.GetBytes(Answers.Metadata), "application/json"),
        ("""{"shows":[{"name":"b","database_file":"b.sqlite","min_id":3,"max_id":9}]}"""u8.ToArray(), "application/json"),
        ("""[{"id":5,"start_timestamp_ms":50},{"id":6,"start_timestamp_ms":60}]"""u8.ToArray(), "application/json"),
        (
            """{"after_section":{"id":6,"start_timestamp_ms":60},"before_or_equal_section":null,"source_unique_id":"d","min_id":0,"max_id":-1}"""u8.ToArray(),
            "application/json"
        ),
        ("event: position\ndata: {\"show\":\"a\",\"store\":\"s\",\"max_id\":3,\"journal_seq\":4}\n\n"u8.ToArray(), "text/event-stream"),
    ];

    private static WebAnswer Damaged((byte[] Body, string Type) good, Mutator mutator, Random chance)
    {
        if (chance.Next(6) == 0)
        {
            var whole = $"HTTP/1.1 200 OK\r\ncontent-type: {good.Type}\r\ncontent-length: {good.Body.Length}\r\n\r\n";
            return new WebAnswer(0, null, []) { Raw = mutator.Mutate([.. Encoding.ASCII.GetBytes(whole), .. good.Body]) };
        }

        var body = mutator.Mutate(good.Body);
        if (body.Length >= 16 && good.Type.StartsWith(SegmentStream.MediaType, StringComparison.Ordinal) && chance.Next(2) == 0)
        {
            // With a checksum that fits, so that what lies behind it is reached.
            var two = body[4] == 2;
            var crc = Crc32.Of(body.AsSpan(16), two ? Crc32.Of(body.AsSpan(0, 12)) : 0);
            BitConverter.TryWriteBytes(body.AsSpan(12), crc);
        }

        var answer = WebAnswer.Bytes(body, good.Type);
        string[] seals =
        [
            $"{AnswerSeal.DigestHeader}: {AnswerSeal.Digest(body)}",
            $"{AnswerSeal.QuestionHeader}: {(good.Type == "application/json" ? AnswerSeal.Journal("news", 0) : AnswerSeal.Segments("news", 1, 9))}",
        ];
        return good.Type == SegmentStream.MediaType ? answer : answer with { Headers = seals };
    }

    private static async Task Ask(RecorderClient client, int kind)
    {
        switch (kind)
        {
            case 0 or 1:
                (await client.SegmentsAsync("news", 1, 9, 9, 1000, Token)).Dispose();
                break;
            case 2:
                await client.JournalAsync("news", 0, Token);
                break;
            case 3:
                await client.MetadataAsync("news", Token);
                break;
            case 4:
                await client.ShowsAsync(Token);
                break;
            case 5:
                await client.SectionsAsync("news", Token);
                break;
            case 6:
                await client.FindByTimestampAsync("news", 1, Token);
                await client.SegmentRangeAsync("news", 1, Token);
                break;
            default:
                await foreach (var position in client.EventsAsync(Token))
                {
                    Assert.NotNull(position.Show);
                }

                break;
        }
    }
}

using AudioRelay.Storage.Journal;

namespace AudioRelay.Storage.Tests.Journal;

public sealed class JournalBodyTests
{
    public static TheoryData<string, string> Bodies =>
        new()
        {
            {
                "section_opened",
                """{"section":7,"codec":"opus","rate":48000,"channels":1,"encoder_delay":312,"frame_samples":960,"continues":5,"chain_samples":99}"""
            },
            { "section_closed", """{"section":7,"cause":"window_end","samples":100,"padding":3,"at_us":8}""" },
            { "anchor", """{"section":7,"sample":0,"utc_us":9,"cause":"start"}""" },
            { "title", """{"section":7,"sample":48,"text":"K\u00F6ln"}""" },
            { "window_opened", """{"from_us":1}""" },
            { "window_closed", """{"at_us":2}""" },
            { "trouble", """{"cause":"http_status","from_us":1,"until_us":2,"detail":"404"}""" },
            { "trouble", """{"cause":"disk_full","from_us":1}""" },
            { "alive", """{"at_us":3}""" },
            { "retention", """{"section":7,"from_us":1,"until_us":2,"first_segment_id":3,"last_segment_id":4}""" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_read_and_written_the_same(string kind, string json)
    {
        var body = JournalBody.Parse(kind, json);
        Assert.NotNull(body);
        Assert.Equal(kind, body.Kind);
        Assert.Equal(json, body.ToJson());
        Assert.Equal(body, JournalBody.Parse(kind, body.ToJson()));
    }

    [Theory]
    [InlineData("rumour", "{}")]
    [InlineData("anchor", "not json")]
    [InlineData("trouble", """{"cause":"unknown","from_us":1}""")]
    [InlineData("trouble", """{"cause":3,"from_us":1}""")]
    public void What_is_not_of_the_closed_list_is_refused(string kind, string json) => Assert.Null(JournalBody.Parse(kind, json));

    [Fact]
    public void The_causes_have_the_names_of_the_contract()
    {
        const string Contract =
            "connect_failed http_status wrong_content disconnected silent stalled no_audio disk_full writer_fault format_change overlap "
            + "clock_step stopped_by_user not_running host_asleep purged_on_recorder";
        Assert.Equal(Contract.Split(' '), Enum.GetValues<GapCause>().Select(c => c.WireName()));
        Assert.All(Enum.GetValues<GapCause>(), c => Assert.Equal(c, WireNames.Parse<GapCause>(c.WireName())));
        Assert.Null(EndCause.WindowEnd.ToGapCause());
        Assert.Null(EndCause.Continued.ToGapCause());
        Assert.Equal(GapCause.Silent, EndCause.Silent.ToGapCause());
    }
}

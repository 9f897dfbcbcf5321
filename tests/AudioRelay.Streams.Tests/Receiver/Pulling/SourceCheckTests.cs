using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Status;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Tests.Receiver.Pulling;

public sealed class SourceCheckTests
{
    private static readonly SourceShow Kept = new("news", "remote", "news", "db_a", "opus", "16", "48000");
    private static readonly SyncCheckpoint At = new("db_a", 101, 50, 1);
    private static readonly ShowMetadata Source = new("db_a", "news", "opus", "16", "48000", "4", false, 1, 200, 60);

    public static TheoryData<string, object?, string> Table() =>
        new()
        {
            { "the same", null, "" },
            { "another store", ShowSyncState.SourceReplaced, "replace-source --show 'news'" },
            { "another format", ShowSyncState.FormatChanged, "aac at 16 kbit/s" },
            { "another bitrate", ShowSyncState.FormatChanged, "opus at 32 kbit/s" },
            { "another version", ShowSyncState.FormatChanged, "version 5" },
            { "a recipient", ShowSyncState.NotOffered, "not recorded there but received" },
            { "gone back in time", ShowSyncState.SourceReplaced, "journal entry 49 after 50" },
            { "no journal any more", ShowSyncState.SourceReplaced, "journal entry 0 after 50" },
            { "another rate, which old recorders get wrong", null, "" },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_source_is_gone_on_with_only_if_it_is_what_is_kept(string what, object? expected, string says)
    {
        var source = what switch
        {
            "another store" => Source with { UniqueId = "db_b" },
            "another format" => Source with { AudioFormat = "aac" },
            "another bitrate" => Source with { Bitrate = "32" },
            "another version" => Source with { Version = "5" },
            "a recipient" => Source with { IsRecipient = true },
            "gone back in time" => Source with { JournalSeq = 49 },
            "no journal any more" => Source with { JournalSeq = null },
            "another rate, which old recorders get wrong" => Source with { SampleRate = "44100" },
            _ => Source,
        };
        var trouble = SourceCheck.GoesOn(Kept, At, source);
        Assert.Equal((ShowSyncState?)expected, trouble?.State);
        Assert.Contains(says, trouble?.Detail ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(0, null)] // retention has removed everything
    [InlineData(99, ShowSyncState.SourceReplaced)]
    public void An_old_recorder_whose_newest_segment_was_newer_before_was_put_back_from_a_backup(long maxId, ShowSyncState? expected)
    {
        var trouble = SourceCheck.GoesOn(Kept, At with { JournalSeq = 0 }, Source with { JournalSeq = null, MaxId = maxId });
        Assert.Equal(expected, trouble?.State);
        Assert.Contains(expected is null ? "" : "segment 99 after 100", trouble?.Detail ?? "", StringComparison.Ordinal);
    }
}

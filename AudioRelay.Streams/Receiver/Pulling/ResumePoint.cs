using AudioRelay.Storage.Journal;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver.Pulling;

/// <summary>Where a new source's journal is taken up: at the opening of the first section that is wanted, with the window it lies in.</summary>
internal sealed class ResumePoint(long section)
{
    private long _before;
    private long? _windowAt;

    /// <summary>The sequence number after which the journal is wanted; null until the section has been met.</summary>
    public long? Seq { get; private set; }

    /// <summary>Goes through one more entry, in order.</summary>
    public void Take(JournalEntry entry)
    {
        switch (entry.Body)
        {
            case WindowOpened:
                _windowAt = _before;
                break;
            case WindowClosed:
                _windowAt = null;
                break;
            case SectionOpened opened when opened.Section >= section:
                Seq ??= _windowAt ?? _before;
                break;
            case SectionOpened:
                _windowAt = _windowAt is null ? null : entry.Seq; // an older section lies in the window too: what comes after it is wanted
                break;
        }

        _before = entry.Seq;
    }

    /// <summary>Reads a recorder's journal up to the section.</summary>
    public static async Task<long> FindAsync(IRecorderClient client, string show, long section, CancellationToken token)
    {
        var point = new ResumePoint(section);
        while (point.Seq is null && await client.JournalAsync(show, point._before, token) is { } page && page.LastSeq > point._before)
        {
            foreach (var entry in page.Entries)
            {
                point.Take(entry);
            }

            point._before = page.LastSeq;
        }

        return point.Seq ?? point._before;
    }
}

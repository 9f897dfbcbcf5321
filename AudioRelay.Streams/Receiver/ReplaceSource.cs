using System.Globalization;
using AudioRelay.Storage;
using AudioRelay.Storage.Receiving;
using AudioRelay.Streams.Receiver.Pulling;
using AudioRelay.Streams.Receiver.Shows;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Streams.Receiver;

/// <summary>
/// Goes on with another store of a recorder, for a show whose file there was made anew (<c>audiorelay replace-source</c>). What is kept stays;
/// the new store is taken up at its first section that begins when what is kept here has ended, so that nothing is kept twice and no two
/// sections overlap in time. What a recorder with a wrong clock has filed before that is left at the recorder.
/// </summary>
/// <param name="stores">The receiver's stores.</param>
/// <param name="remotes">The recorders of the configuration.</param>
/// <param name="connect">Makes the client of a recorder; disposed of here.</param>
public sealed class ReplaceSource(IReceivedStores stores, IReadOnlyList<RemotePlan> remotes, Func<RemotePlan, IRecorderClient> connect)
{
    /// <summary>Replaces the source of a show.</summary>
    /// <param name="show">Its name here, in any case.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="StorageException">Its store cannot be read or written.</exception>
    /// <exception cref="RecorderException">The recorder does not answer as it should.</exception>
    public async Task<ReplaceSourceAnswer> RunAsync(string show, CancellationToken token)
    {
        var shows = await stores.ListAsync(token);
        if (shows.FirstOrDefault(s => s.Name.Equals(show, StringComparison.OrdinalIgnoreCase)) is not { } stored)
        {
            var known = shows.Count == 0 ? "none yet" : string.Join(", ", shows.Select(s => s.Name));
            return No($"There is no show '{show}' here, so there is no source to replace. Shows: {known}.");
        }

        if (stored.Source is not { } source)
        {
            return No(stored.Fault?.Message ?? $"The store of '{stored.Name}' cannot be read.");
        }

        if (RecorderOf(source, shows) is not { } remote)
        {
            return No(
                $"'{stored.Name}' came from the recorder '{source.Remote}', which is not in the configuration "
                    + $"({string.Join(", ", remotes.Select(r => r.Name))}). If one of them is it, call it '{source.Remote}' there."
            );
        }

        using var client = connect(remote);
        var offered = await client.MetadataAsync(source.SourceName, token);
        if (await ExchangedAsync(source, offered, shows, token) is { } exchanged)
        {
            return No(exchanged);
        }

        await using var store = await stores.OpenAsync(stored.Name, token);
        var at = await store.CheckpointAsync(token);
        var trouble = SourceCheck.GoesOn(store.Source, at, offered) ?? await SameSound.CheckAsync(client, store, offered, token);
        return Refusal(store.Source, at, offered, trouble) is { } no ? No(no) : await Replace(client, store, remote.Name, offered, token);
    }

    /// <summary>
    /// Whether what is offered is another show's here, whose recorder does not offer it. One recorder that is entered twice does offer it
    /// under both names; one that cannot be asked is taken at its name.
    /// </summary>
    private async Task<string?> ExchangedAsync(
        SourceShow kept,
        ShowMetadata offered,
        IReadOnlyList<ReceivedShow> shows,
        CancellationToken token
    )
    {
        var other = shows.Select(s => s.Source).FirstOrDefault(s => s is not null && s.UniqueId == offered.UniqueId && s.Name != kept.Name);
        if (other is null || remotes.FirstOrDefault(r => r.Name == other.Remote) is not { } its)
        {
            return null;
        }

        using var client = connect(its);
        try
        {
            var there = await client.MetadataAsync(other.SourceName, token);
            return there.UniqueId == offered.UniqueId ? null : ExchangedRecorders.Text(kept, other);
        }
        catch (RecorderException)
        {
            return ExchangedRecorders.Text(kept, other);
        }
    }

    /// <summary>The recorder that feeds a show; under another name only if it is the only one, and feeds no other show with this.</summary>
    private RemotePlan? RecorderOf(SourceShow source, IReadOnlyList<ReceivedShow> shows) =>
        remotes.FirstOrDefault(r => r.Name == source.Remote)
        ?? (
            remotes is [var only]
            && !shows.Any(s => s.Source is { } other && other.Remote == only.Name && other.SourceName == source.SourceName)
                ? only
                : null
        );

    private static async Task<ReplaceSourceAnswer> Replace(
        IRecorderClient client,
        IReceivedStore store,
        string remote,
        ShowMetadata offered,
        CancellationToken token
    )
    {
        var sections = await store.Reader.SectionsAsync(new SectionQuery(Descending: true, Limit: 1), token);
        if (sections is not [var newest, ..])
        {
            await Commit(store, remote, offered, 1, 0, token);
            return Yes($"'{store.Name}' has nothing yet: it begins with {offered.UniqueId} from the start.");
        }

        var name = store.Source.SourceName;
        // "After" is after the last ms of what is kept, so a section that begins where that ends is taken: both are rounded down to ms.
        var endMs = Math.Max(newest.StartTimestampMs + 1, Times.ToMs(newest.EndUs));
        var found = await client.FindByTimestampAsync(name, endMs - 1, token);
        if (found.After is not { } first)
        {
            return No(
                found.BeforeOrEqual is { } last
                    ? $"The newest section of {offered.UniqueId} begins at {Utc(last.StartTimestampMs)}, before what is kept here ends, at "
                        + $"{Utc(endMs)}. It is an old store of the recorder, or its clock is wrong; record something new first."
                    : $"{offered.UniqueId} has no sound yet to compare with what is kept here, which ends at {Utc(endMs)}. "
                        + "Try again when it has recorded something."
            );
        }

        var (minId, _) = await client.SegmentRangeAsync(name, first.Id, token);
        if (minId is not { } nextId)
        {
            return No(
                $"The section of {offered.UniqueId} that begins at {Utc(first.StartTimestampMs)} has no sound yet. Try again in a moment."
            );
        }

        var seq = offered.JournalSeq is null ? 0 : await ResumePoint.FindAsync(client, name, first.Id, token);
        await Commit(store, remote, offered, nextId, seq, token);
        return Yes(
            $"'{store.Name}' goes on with {offered.UniqueId} at its section of {Utc(first.StartTimestampMs)}, segment {nextId}; what is "
                + $"kept here ends at {Utc(endMs)}.{(found.BeforeOrEqual is null ? "" : " What it has from before that is not fetched.")}"
        );
    }

    /// <summary>The claim comes last: a refusal takes the show from nobody.</summary>
    private static async Task Commit(
        IReceivedStore store,
        string remote,
        ShowMetadata offered,
        long nextId,
        long seq,
        CancellationToken token
    )
    {
        var source = store.Source with
        {
            Remote = remote,
            UniqueId = offered.UniqueId,
            AudioFormat = offered.AudioFormat,
            Bitrate = offered.Bitrate,
            SampleRate = offered.SampleRate,
            TargetSeconds = offered.TargetSeconds,
        };
        var at = await store.ClaimAsync(token);
        await store.ReplaceSourceAsync(at, source, nextId, seq, token);
    }

    private static string? Refusal(SourceShow kept, SyncCheckpoint at, ShowMetadata offered, SyncTrouble? trouble) =>
        trouble is null ? $"'{kept.Name}' comes from {offered.UniqueId} already; there is nothing to do."
        : trouble.State == Status.ShowSyncState.SourceReplaced
            // As it will be when the source is replaced: what then remains is what replacing cannot mend.
            ? SourceCheck.GoesOn(kept, at with { SourceStore = offered.UniqueId, NextId = 1, JournalSeq = 0 }, offered)?.Detail
        : trouble.Detail;

    private static ReplaceSourceAnswer Yes(string text) => new(true, text);

    private static ReplaceSourceAnswer No(string text) => new(false, text);

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
